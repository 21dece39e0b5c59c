/**
 * The machine that a torture runs on: its programs, and whether this process may use them.
 *
 * <p>Belongs here: running them. Does not belong here: what they are run for (see {@code network},
 * {@code disk}).
 */
package io.raftwood.bench.torture.machine;
