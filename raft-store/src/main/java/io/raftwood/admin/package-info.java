/**
 * What an operator asks of a cluster: the port behind {@code /admin/*}, {@code /readyz} and {@code
 * ./raftwood admin}, and its values.
 *
 * <p>Belongs here: the port and plain values. Does not belong here: how they travel (HTTP, JSON) or
 * how they are found out (see {@code membership}).
 */
package io.raftwood.admin;
