/**
 * Requests of commands to any node of a running cluster: how they are sent and repeated, how bytes
 * are read from arguments and shown.
 *
 * <p>Belongs here: what commands on records and on trees have in common. Does not belong here: what
 * a request or a refusal means. Commands run on the main thread; a request has a thread of its own,
 * so that a node that takes no bytes cannot hold the command up.
 */
package io.raftwood.cli.call;
