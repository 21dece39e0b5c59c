/**
 * The replicated ordered tree: the machine that applies its commands, their codecs, and {@link
 * io.raftwood.tree.TreeStore}, the port that the outside calls.
 *
 * <p>Belongs here: what each command and query does and answers, in terms of {@code
 * tree.structure}; the binary forms. Does not belong here: rows and nodes (see {@code
 * tree.structure}), HTTP, JRaft, RocksDB, threads, clocks. {@link io.raftwood.tree.TreeMachine}
 * runs on the apply thread; the codecs are free of threads.
 */
package io.raftwood.tree;
