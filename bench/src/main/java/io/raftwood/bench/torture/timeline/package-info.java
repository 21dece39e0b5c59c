/**
 * What happened in a run and when: operations, faults, leaders, notes.
 *
 * <p>Belongs here: recording it, waiting. Does not belong here: what operations mean (see {@code
 * workload}), judging (see {@code check}), drawing (see {@code report}).
 */
package io.raftwood.bench.torture.timeline;
