package io.raftwood.membership;

import io.raftwood.bytes.Bytes;
import io.raftwood.bytes.MalformedBytesException;
import io.raftwood.peer.PeerService;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes down {@code REPORT} messages of nodes of the same cluster. */
public final class ReportService implements PeerService {
  private static final Logger LOG = LoggerFactory.getLogger(ReportService.class);

  private final Supplier<Optional<String>> clusterId;
  private final StatusBoard board;

  /** Writes to {@code board} what nodes of {@code clusterId} report. */
  public ReportService(Supplier<Optional<String>> clusterId, StatusBoard board) {
    this.clusterId = clusterId;
    this.board = board;
  }

  @Override
  public CompletableFuture<Bytes> serve(Bytes request) {
    try {
      NodeReport report = NodeReportCodec.decode(request);
      if (clusterId.get().equals(Optional.of(report.clusterId()))) {
        board.accept(report);
      } else {
        LOG.debug("report of '{}' of cluster {} ignored", report.node(), report.clusterId());
      }
      return CompletableFuture.completedFuture(Bytes.EMPTY);
    } catch (MalformedBytesException e) {
      return CompletableFuture.failedFuture(e);
    }
  }
}
