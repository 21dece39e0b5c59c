package io.raftwood.raft;

import io.raftwood.bytes.Bytes;

/**
 * The deterministic part of one family of commands (records, trees, the cluster map, ...). Several
 * machines share a group; the kernel hands each its own commands.
 *
 * <p>{@link #apply} is called on the group's apply thread, in log order, on every replica, and
 * again after a restart for entries whose effect was not yet on disk (the kernel skips what is).
 * Its result and its changes depend on the command and on what the context's batch shows, on
 * nothing else: no clock, no randomness, no configuration, no map iteration order.
 */
public interface Machine {
  /** The tag of this family in log entries, 1..254; never reused ({@code docs/formats.md}). */
  int family();

  /**
   * Carries out one command. A condition that fails is a result, not an exception.
   *
   * @return the encoded result, at most 64 KiB
   * @throws CorruptEntryException when the command cannot be decoded: a fault, the node stops. Any
   *     other throwable is a fault too
   */
  Bytes apply(ApplyContext context, Bytes command);

  /**
   * Answers a query. Called from any thread, several at a time; changes nothing. Entries may be
   * applied meanwhile: an answer made of several reads takes them from the view's {@link
   * io.raftwood.storage.StorageView#moment}.
   *
   * @return the encoded result
   * @throws io.raftwood.bytes.MalformedBytesException when the query cannot be decoded
   */
  Bytes query(QueryContext context, Bytes query);
}
