package io.raftwood.recovery;

import io.raftwood.bytes.Bytes;
import io.raftwood.peer.NodeAddress;
import io.raftwood.peer.PeerMessageKind;
import io.raftwood.peer.PeerTransport;
import java.time.Duration;
import java.util.concurrent.CompletionException;

/** A survivor that assists from another machine. */
public final class RemoteSurvivor implements Survivor {
  private static final Duration STEP_TIMEOUT = Duration.ofMinutes(3);

  private final RecoveryFacts facts;
  private final NodeAddress address;
  private final PeerTransport transport;

  /** The one at {@code address}, which has said {@code facts}. */
  public RemoteSurvivor(RecoveryFacts facts, NodeAddress address, PeerTransport transport) {
    this.facts = facts;
    this.address = address;
    this.transport = transport;
  }

  @Override
  public RecoveryFacts facts() {
    return facts;
  }

  @Override
  public String carryOut(RecoveryStep step, RecoveryPlan plan) {
    Bytes message = RecoveryMessages.encode(step, plan);
    try {
      return transport
          .call(address, PeerMessageKind.RECOVERY_STEP, message, STEP_TIMEOUT)
          .join()
          .toUtf8();
    } catch (CompletionException e) {
      throw new RecoveryRefusedException(
          "node '" + facts.node() + "' could not: " + e.getCause().getMessage());
    }
  }
}
