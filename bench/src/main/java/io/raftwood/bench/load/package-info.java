/**
 * {@code ./raftwood bench}: a closed-loop load generator that speaks HTTP over raw sockets, cheap
 * enough to share a machine with the servers that it measures.
 *
 * <p>Belongs here: the command, its connections, its report. Does not belong here: correctness (see
 * {@code history}), anything that knows the server from inside.
 */
package io.raftwood.bench.load;
