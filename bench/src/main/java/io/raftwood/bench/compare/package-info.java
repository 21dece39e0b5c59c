/**
 * {@code raftwood bench compare}: the same load on Raftwood and on its peers, in turn, on this
 * machine. A new peer is a {@link io.raftwood.bench.compare.Peer}.
 */
package io.raftwood.bench.compare;
