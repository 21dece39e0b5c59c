package io.raftwood.tree;

import io.raftwood.bytes.Bytes;
import io.raftwood.raft.ApplyContext;
import io.raftwood.raft.Machine;
import io.raftwood.raft.QueryContext;
import io.raftwood.storage.StorageSnapshot;
import io.raftwood.tree.model.TreeCommand;
import io.raftwood.tree.model.TreeResult;
import io.raftwood.tree.structure.KnownInnerRows;

/**
 * Applies commands on trees and answers queries. All state is in the tablet; what else it keeps
 * only saves reading. Every query is answered from one moment.
 */
public final class TreeMachine implements Machine {
  /** The family of trees in log entries. */
  public static final int FAMILY = 4;

  private final TreeObserver observer;
  private final KnownInnerRows known = new KnownInnerRows();

  /** A machine that tells nobody what it does. */
  public TreeMachine() {
    this(TreeObserver.NONE);
  }

  /** A machine that tells {@code observer} what it applies. */
  public TreeMachine(TreeObserver observer) {
    this.observer = observer;
  }

  @Override
  public int family() {
    return FAMILY;
  }

  @Override
  public Bytes apply(ApplyContext context, Bytes command) {
    TreeChanges changes = new TreeChanges(context, observer);
    TreeCommand decoded = TreeCommandCodec.decode(command);
    TreeResult result = decoded.dispatch(changes);
    observer.applied(decoded, result);
    return TreeResultCodec.encode(result);
  }

  @Override
  public boolean adds(Bytes command) {
    return !TreeCommandCodec.removes(command);
  }

  @Override
  public Bytes query(QueryContext context, Bytes query) {
    try (StorageSnapshot moment = context.view().moment()) {
      return TreeResultCodec.encode(
          TreeQueryCodec.decode(query).dispatch(new TreeAnswers(moment, known)));
    }
  }
}
