/**
 * What is done to a cluster under load, chosen by a seed.
 *
 * <p>Belongs here: kinds of faults, whom they strike, when. Does not belong here: how a process is
 * killed (see {@code cluster}) or a packet dropped (see {@code network}).
 */
package io.raftwood.bench.torture.fault;
