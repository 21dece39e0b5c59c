/**
 * {@code raftwood kv}: records of a running cluster, read and written over HTTP.
 *
 * <p>Belongs here: the commands, how requests are sent and repeated, how bytes are read from
 * arguments and shown. Does not belong here: anything that needs more of a node than its HTTP API.
 * Commands run on the main thread; a request has a thread of its own, so that a node that takes no
 * bytes cannot hold the command up.
 */
package io.raftwood.cli.kv;
