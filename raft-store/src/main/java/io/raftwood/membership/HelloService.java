package io.raftwood.membership;

import io.raftwood.bytes.Bytes;
import io.raftwood.bytes.MalformedBytesException;
import io.raftwood.cluster.FormationPlan;
import io.raftwood.peer.PeerService;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

/** Answers {@code HELLO} from the first moment of a process, before its own handshake is over. */
public final class HelloService implements PeerService {
  private final IdentityStore identities;
  private final FormationPlan plan;
  private final ClusterDirectory directory;
  private final StatusBoard board;
  private final BooleanSupplier serving;

  /**
   * Answers from the given sources.
   *
   * @param serving whether this node's own handshake is over
   */
  public HelloService(
      IdentityStore identities,
      FormationPlan plan,
      ClusterDirectory directory,
      StatusBoard board,
      BooleanSupplier serving) {
    this.identities = identities;
    this.plan = plan;
    this.directory = directory;
    this.board = board;
    this.serving = serving;
  }

  @Override
  public CompletableFuture<Bytes> serve(Bytes request) {
    try {
      NodeIdentity asking = HelloCodec.decodeRequest(request).identity();
      HelloAnswer answer =
          new HelloAnswer(
              identities.current(),
              serving.getAsBoolean(),
              plan,
              directory.map(),
              board.reportedCommits(asking.name(), asking.incarnation()));
      return CompletableFuture.completedFuture(HelloCodec.encode(answer));
    } catch (MalformedBytesException e) {
      return CompletableFuture.failedFuture(e);
    }
  }
}
