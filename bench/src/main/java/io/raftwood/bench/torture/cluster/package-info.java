/**
 * The servers under torture: real processes, their files, what they say of themselves.
 *
 * <p>Belongs here: starting, ending and pausing nodes, asking their admin endpoints. Does not
 * belong here: the way between them (see {@code network}), when to do what (see {@code fault}).
 */
package io.raftwood.bench.torture.cluster;
