/**
 * {@code raftwood tree}: trees of a running cluster, over HTTP.
 *
 * <p>Belongs here: the commands, what refusals of trees mean, loading of files, the drawing of a
 * tree's nodes. Does not belong here: anything that needs more of a node than {@code
 * docs/api/dt.md}, or that commands on records need too. Everything runs on the main thread.
 */
package io.raftwood.cli.tree;
