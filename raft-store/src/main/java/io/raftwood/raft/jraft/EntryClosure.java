package io.raftwood.raft.jraft;

import com.alipay.sofa.jraft.Closure;
import com.alipay.sofa.jraft.Status;
import com.alipay.sofa.jraft.error.RaftError;
import io.raftwood.bytes.Bytes;
import io.raftwood.raft.EntrySink;
import io.raftwood.raft.GroupUnavailableException;
import io.raftwood.raft.OutcomeUnknownException;
import io.raftwood.raft.ReplicationException;
import java.util.List;

/**
 * One proposed entry's way back. Our state machine calls {@link #applied}; JRaft calls {@link #run}
 * only with an error.
 */
final class EntryClosure implements Closure {
  private final String group;
  private final EntrySink.Outcome outcome;

  EntryClosure(String group, EntrySink.Outcome outcome) {
    this.group = group;
    this.outcome = outcome;
  }

  void applied(List<Bytes> results, long index) {
    outcome.applied(results, index);
  }

  @Override
  public void run(Status status) {
    outcome.failed(failure(status));
  }

  /**
   * JRaft's EPERM says both "never appended" and "appended, fate open"; only EBUSY (the leadership
   * is being transferred, the log is behind) is given before anything was appended, so the command
   * may be sent again. Everything else is unknown.
   */
  private ReplicationException failure(Status status) {
    String text = group + ": " + status.getErrorMsg();
    return status.getRaftError() == RaftError.EBUSY
        ? new GroupUnavailableException(text)
        : new OutcomeUnknownException(text);
  }
}
