package io.raftwood.raft.jraft;

import com.alipay.sofa.jraft.Closure;
import com.alipay.sofa.jraft.Iterator;
import com.alipay.sofa.jraft.Status;
import com.alipay.sofa.jraft.conf.Configuration;
import com.alipay.sofa.jraft.core.StateMachineAdapter;
import com.alipay.sofa.jraft.entity.LeaderChangeContext;
import com.alipay.sofa.jraft.error.RaftError;
import com.alipay.sofa.jraft.error.RaftException;
import com.alipay.sofa.jraft.storage.snapshot.SnapshotReader;
import com.alipay.sofa.jraft.storage.snapshot.SnapshotWriter;
import io.raftwood.bytes.Bytes;
import io.raftwood.raft.AppliedEntry;
import io.raftwood.raft.ReplicaState;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * What JRaft calls, on its apply thread: applies entries to the {@link ReplicaState} and reports
 * changes of role. Any throwable is a fault: the replica stops applying and the node is told.
 */
final class GroupStateMachine extends StateMachineAdapter {
  private final ReplicaState state;
  private final SnapshotFiles snapshots;
  private final Listener listener;

  GroupStateMachine(ReplicaState state, SnapshotFiles snapshots, Listener listener) {
    this.state = state;
    this.snapshots = snapshots;
    this.listener = listener;
  }

  /** Takes notice, on the apply thread; must not block. */
  interface Listener {
    /** Entries were applied and are visible; {@code bytes} is their size in the log. */
    void applied(long bytes);

    /** This replica leads in {@code term}, and all entries of earlier terms are applied. */
    void leaderStarted(long term);

    /** This replica does not lead any more. */
    void leaderStopped();

    /** This replica follows a leader of {@code term}. */
    void following(long term);

    /** A configuration was committed. */
    void configured(Configuration configuration);

    /** A fault: the replica has stopped. */
    void faulted(String what, Throwable cause);
  }

  @Override
  public void onApply(Iterator entries) {
    List<Runnable> answers = new ArrayList<>();
    long bytes = 0;
    try {
      ReplicaState.Round round = state.beginRound();
      while (entries.hasNext()) {
        Bytes entry = toBytes(entries.getData());
        bytes += entry.length();
        long index = entries.getIndex();
        AppliedEntry result = round.apply(index, entries.getTerm(), entry);
        if (entries.done() instanceof EntryClosure) {
          EntryClosure closure = (EntryClosure) entries.done();
          answers.add(() -> closure.applied(result.results(), index));
        }
        entries.next();
      }
      round.commit();
    } catch (Throwable e) { // NOPMD a node must not go on with a hole, whatever made it
      entries.setErrorAndRollback(1, new Status(RaftError.ESTATEMACHINE, "%s", e.toString()));
      listener.faulted("cannot apply entry " + entries.getIndex(), e);
      return;
    }
    listener.applied(bytes);
    answers.forEach(Runnable::run);
  }

  @Override
  public void onSnapshotSave(SnapshotWriter writer, Closure done) {
    snapshots.save(state, writer, done);
  }

  @Override
  public boolean onSnapshotLoad(SnapshotReader reader) {
    try {
      snapshots.load(state, reader);
      return true;
    } catch (Throwable e) { // NOPMD see onApply
      listener.faulted("cannot load the snapshot in " + reader.getPath(), e);
      return false;
    }
  }

  @Override
  public void onLeaderStart(long term) {
    listener.leaderStarted(term);
  }

  @Override
  public void onLeaderStop(Status status) {
    listener.leaderStopped();
  }

  @Override
  public void onStartFollowing(LeaderChangeContext context) {
    listener.following(context.getTerm());
  }

  @Override
  public void onConfigurationCommitted(Configuration configuration) {
    listener.configured(configuration);
  }

  @Override
  public void onError(RaftException error) {
    listener.faulted(String.valueOf(error.getStatus()), error);
  }

  private static Bytes toBytes(ByteBuffer data) {
    byte[] bytes = new byte[data.remaining()];
    data.duplicate().get(bytes);
    return Bytes.wrap(bytes);
  }
}
