/**
 * The cluster map: which nodes there are, which groups, who should host what; and the machine of
 * the meta group that changes it.
 *
 * <p>Belongs here: pure values, their codec, the meta machine. Does not belong here: carrying out a
 * placement (see {@code membership}), routing of requests (see {@code routing}), I/O, threads.
 */
package io.raftwood.cluster;
