/**
 * The command line: {@code raftwood server|dev|config|admin|kv|bench|version}; {@code kv} has a
 * package of its own.
 *
 * <p>Belongs here: options, exit codes, what is printed, the processes of the development cluster.
 * Does not belong here: a node's own work; the commands reach a cluster over HTTP only. Commands
 * run on the main thread.
 */
package io.raftwood.cli;
