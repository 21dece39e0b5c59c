package io.raftwood.raft;

/**
 * What happens on a fault: a state from which the node must not go on (undecodable entry, storage
 * error, any throwable in apply). In the server it logs one clear line and ends the process with a
 * non-zero code; in tests it records. It must not throw and must not block; it may be called from
 * any thread, more than once.
 */
@FunctionalInterface
public interface FaultHandler {
  /** Takes notice that {@code what} failed because of {@code cause}. */
  void fault(String what, Throwable cause);
}
