package io.raftwood.server.http;

import io.raftwood.raft.DiskFullException;
import io.raftwood.raft.OutcomeUnknownException;
import io.raftwood.raft.OverloadedException;
import io.raftwood.raft.ReplicationException;
import io.raftwood.server.http.slow.SlowLog;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** The one place where a failure of the stores becomes an outcome. */
final class ErrorMapper {
  private static final Logger LOG = LoggerFactory.getLogger(ErrorMapper.class);

  private ErrorMapper() {}

  /** The same for a command of a batch, which has no id: what is logged gets one of its own. */
  static Reply reply(Throwable failure) {
    return reply(failure, RequestId.unnamed());
  }

  /**
   * The reply for {@code failure}; what is not a {@link ReplicationException} is logged under the
   * request's id, which is the reply's detail then.
   */
  static Reply reply(Throwable failure, RequestId request) {
    Throwable cause = failure;
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    if (cause instanceof RequestRefusedException) {
      RequestRefusedException refusal = (RequestRefusedException) cause;
      return Reply.of(refusal.outcome(), refusal.detail());
    }
    if (cause instanceof ReplicationException) {
      return Reply.of(outcome((ReplicationException) cause), String.valueOf(cause.getMessage()));
    }
    String id = request.text();
    try (MDC.MDCCloseable ignored = MDC.putCloseable(SlowLog.LOG_KEY, id)) {
      LOG.error("request {} failed", id, cause);
    }
    return Reply.of(Outcome.INTERNAL_FAULT, id);
  }

  private static Outcome outcome(ReplicationException failure) {
    if (failure instanceof OverloadedException) {
      return Outcome.OVERLOADED;
    }
    if (failure instanceof DiskFullException) {
      return Outcome.DISK_FULL;
    }
    if (failure instanceof OutcomeUnknownException) {
      return Outcome.OUTCOME_UNKNOWN;
    }
    // No leader, or none that could be reached: certainly nothing was done.
    return Outcome.NO_QUORUM;
  }
}
