/**
 * What the operating system knows of a server process: CPU time and memory, from {@code /proc}.
 *
 * <p>Belongs here: reading it. Does not belong here: starting or stopping processes.
 */
package io.raftwood.bench.process;
