/**
 * {@code raftwood kv}: records of a running cluster, read and written over HTTP.
 *
 * <p>Belongs here: the commands and what refusals of records mean. Does not belong here: anything
 * that needs more of a node than its HTTP API, or that commands on trees need too.
 */
package io.raftwood.cli.kv;
