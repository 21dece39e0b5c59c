/**
 * {@code raftwood backup}: backups of a whole cluster as one file, their check, and their return
 * into a new cluster.
 *
 * <p>Belongs here: the file's format, the walk over groups and nodes, progress. Does not belong
 * here: what an item means ({@code backup} and its families), how a request finds its node ({@code
 * cli.call}).
 */
package io.raftwood.cli.backup;
