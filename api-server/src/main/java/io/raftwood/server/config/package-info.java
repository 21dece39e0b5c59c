/**
 * What a node is told before it starts: one table of settings, one record for each concern, and the
 * loader that merges file, environment and flags.
 *
 * <p>Belongs here: keys, types, defaults, ranges, origins, the printed forms. Does not belong here:
 * acting on a setting, any other package of Raftwood. Immutable values; the loader reads one file
 * and the environment it is handed, on the calling thread.
 */
package io.raftwood.server.config;
