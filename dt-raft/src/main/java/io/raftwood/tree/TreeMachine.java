package io.raftwood.tree;

import io.raftwood.bytes.Bytes;
import io.raftwood.raft.ApplyContext;
import io.raftwood.raft.Machine;
import io.raftwood.raft.QueryContext;
import io.raftwood.storage.StorageSnapshot;
import io.raftwood.tree.structure.StructureObserver;

/**
 * Applies commands on trees and answers queries. Stateless: all state is in the tablet. Every query
 * is answered from one moment.
 */
public final class TreeMachine implements Machine {
  /** The family of trees in log entries. */
  public static final int FAMILY = 4;

  private final StructureObserver observer;

  /** A machine that tells nobody of splits and merges. */
  public TreeMachine() {
    this(StructureObserver.NONE);
  }

  /** A machine that tells {@code observer} of splits and merges as it applies them. */
  public TreeMachine(StructureObserver observer) {
    this.observer = observer;
  }

  @Override
  public int family() {
    return FAMILY;
  }

  @Override
  public Bytes apply(ApplyContext context, Bytes command) {
    TreeChanges changes = new TreeChanges(context, observer);
    return TreeResultCodec.encode(TreeCommandCodec.decode(command).dispatch(changes));
  }

  @Override
  public Bytes query(QueryContext context, Bytes query) {
    try (StorageSnapshot moment = context.view().moment()) {
      return TreeResultCodec.encode(TreeQueryCodec.decode(query).dispatch(new TreeAnswers(moment)));
    }
  }
}
