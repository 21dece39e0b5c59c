/**
 * Consensus by SOFAJRaft 1.4.1 and messages by Bolt: the only package that imports {@code
 * com.alipay}. JRaft's {@code Status}, {@code Closure}, {@code Iterator} and {@code PeerId} stop
 * here.
 *
 * <p>Belongs here: adapters that translate and delegate. What can be decided without JRaft (queue,
 * lease, entries) is in {@code raft}.
 */
package io.raftwood.raft.jraft;
