/**
 * {@code ./raftwood torture}: a cluster of real processes under load and faults, and the judgement
 * of what clients saw.
 *
 * <p>Belongs here: the command, and one run from start to verdict. Does not belong here: single
 * workloads, faults, checks (see the packages below).
 */
package io.raftwood.bench.torture;
