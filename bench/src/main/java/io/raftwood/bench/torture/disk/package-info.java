/**
 * What the nodes' files lie on: ordinary directories, or a small file system for each node that can
 * lose its power.
 *
 * <p>Belongs here: making, hindering and restoring it. Does not belong here: when that happens (see
 * {@code fault}).
 */
package io.raftwood.bench.torture.disk;
