/**
 * Judging what was recorded, beyond linearizability of single records (see {@code history}).
 *
 * <p>Belongs here: verdicts and invariants, as pure functions of what clients saw. Does not belong
 * here: asking servers anything.
 */
package io.raftwood.bench.torture.check;
