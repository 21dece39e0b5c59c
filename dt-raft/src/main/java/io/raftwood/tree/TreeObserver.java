package io.raftwood.tree;

import io.raftwood.tree.model.TreeCommand;
import io.raftwood.tree.model.TreeResult;
import io.raftwood.tree.structure.StructureObserver;

/**
 * Hears what a {@link TreeMachine} applies, for counters; it must change nothing, throw nothing and
 * be fast. Called on the group's apply thread, on every replica, and again when entries are
 * replayed after a restart: what it counts is a process's work, not the group's history.
 */
public interface TreeObserver extends StructureObserver {
  /** Hears nothing. */
  TreeObserver NONE =
      new TreeObserver() {
        @Override
        public void applied(TreeCommand command, TreeResult result) {
          // nothing to do
        }

        @Override
        public void split(int level) {
          // nothing to do
        }

        @Override
        public void merged(int level) {
          // nothing to do
        }
      };

  /** A command was applied, with that result. */
  void applied(TreeCommand command, TreeResult result);
}
