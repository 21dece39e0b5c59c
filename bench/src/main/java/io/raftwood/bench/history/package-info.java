/**
 * Recorded operations of concurrent clients on hustdb records, and the checker that decides whether
 * they are linearizable.
 *
 * <p>Belongs here: operations, their recording, sequential models, checkers. Does not belong here:
 * how an operation is carried out (see {@code client}), faults, processes.
 */
package io.raftwood.bench.history;
