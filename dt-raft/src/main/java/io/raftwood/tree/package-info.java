/** The replicated ordered tree: its state machine and its client-facing operations. */
package io.raftwood.tree;
