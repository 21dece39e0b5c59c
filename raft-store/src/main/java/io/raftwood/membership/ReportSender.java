package io.raftwood.membership;

import io.raftwood.bytes.Bytes;
import io.raftwood.peer.NodeAddress;
import io.raftwood.peer.PeerMessageKind;
import io.raftwood.peer.PeerTransport;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Tells every other node, and this node's own board, how this node's replicas stand. {@link #tick}
 * about every 500 ms, on one thread, once all replicas are started: a group missing from a report
 * counts as no longer hosted.
 */
public final class ReportSender {
  private static final Duration TIMEOUT = Duration.ofSeconds(2);

  private final Supplier<NodeReport> report;
  private final StatusBoard board;
  private final Supplier<Map<String, NodeAddress>> others;
  private final PeerTransport transport;
  private final Set<String> outstanding = ConcurrentHashMap.newKeySet();

  /**
   * Reports what {@code report} says.
   *
   * @param others the Raft addresses of the other nodes, by name
   */
  public ReportSender(
      Supplier<NodeReport> report,
      StatusBoard board,
      Supplier<Map<String, NodeAddress>> others,
      PeerTransport transport) {
    this.report = report;
    this.board = board;
    this.others = others;
    this.transport = transport;
  }

  /** Reports once; skips nodes that have not answered the last report yet. */
  public void tick() {
    NodeReport now = report.get();
    board.accept(now);
    Bytes encoded = NodeReportCodec.encode(now);
    others
        .get()
        .forEach(
            (name, address) -> {
              if (outstanding.add(name)) {
                transport
                    .call(address, PeerMessageKind.REPORT, encoded, TIMEOUT)
                    .whenComplete((answer, failure) -> outstanding.remove(name));
              }
            });
  }
}
