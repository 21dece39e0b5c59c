/**
 * {@code raftwood export} and {@code raftwood import}: records and trees as JSON lines, and records
 * out of a running hustdb.
 *
 * <p>Belongs here: the form of the lines, positions to go on from, the walk over hustdb's listings.
 * Does not belong here: backup files ({@code cli.backup}).
 */
package io.raftwood.cli.transfer;
