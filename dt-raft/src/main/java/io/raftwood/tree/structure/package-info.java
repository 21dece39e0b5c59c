/**
 * The B+tree of key ranges over the storage port. Entries live once, in key order, and know nothing
 * of nodes; a leaf is a range of keys with a count, an inner node a list of (separator, child). So
 * a split or merge moves no data, and get, seek and range need no descent.
 *
 * <p>Belongs here: rows of key space 7, split and merge, catalogue, properties, purging. Does not
 * belong here: Raft, codecs of commands, JSON. Pure functions of a view or a batch: what writes
 * runs on the apply thread, what reads on any.
 */
package io.raftwood.tree.structure;
