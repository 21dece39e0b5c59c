/**
 * Tests of whole clusters: real server processes on loopback, killed, paused and restarted, spoken
 * to by HTTP only. Slow; sizes are system properties (see {@link io.raftwood.it.TestSettings}).
 *
 * <p>Belongs here: the cluster kit and the {@code *IT}. Does not belong here: anything that can be
 * seen within one process.
 */
package io.raftwood.it;
