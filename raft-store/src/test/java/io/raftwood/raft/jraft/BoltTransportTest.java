package io.raftwood.raft.jraft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.raftwood.bytes.Bytes;
import io.raftwood.fixtures.Await;
import io.raftwood.fixtures.FreePorts;
import io.raftwood.peer.NodeAddress;
import io.raftwood.peer.PeerException;
import io.raftwood.peer.PeerMessageKind;
import io.raftwood.raft.Deadline;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Messages between two nodes over loopback. */
class BoltTransportTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration SHORT = Duration.ofMillis(300);

  private final List<Integer> ports = FreePorts.take(3);
  private final NodeAddress here = new NodeAddress("127.0.0.1", ports.get(0));
  private final NodeAddress there = new NodeAddress("127.0.0.1", ports.get(1));
  private final NodeAddress nobody = new NodeAddress("127.0.0.1", ports.get(2));
  private final JRaftRuntime asking = new JRaftRuntime(here);
  private final JRaftRuntime serving = new JRaftRuntime(there);

  @BeforeEach
  void start() {
    asking.start();
    serving.start();
    serving.serve(
        PeerMessageKind.HELLO,
        request -> CompletableFuture.completedFuture(request.concat(Bytes.of(1))));
  }

  @AfterEach
  void stop() {
    asking.close();
    serving.close();
  }

  @Test
  void aRequestIsAnsweredWhateverItsSize() {
    for (int size : new int[] {0, 1, 1_000_000}) {
      Bytes request = Bytes.wrap(new byte[size]);
      assertThat(call(there, PATIENCE, request).join()).isEqualTo(request.concat(Bytes.of(1)));
    }
  }

  @Test
  void manyRequestsShareAConnectionAndGetTheirOwnAnswers() {
    List<CompletableFuture<Bytes>> answers =
        IntStream.range(0, 500).mapToObj(i -> call(there, PATIENCE, number(i))).toList();
    for (int i = 0; i < answers.size(); i++) {
      assertThat(answers.get(i).join()).isEqualTo(number(i).concat(Bytes.of(1)));
    }
  }

  @Test
  void aRequestToItselfNeedsNoNetwork() {
    asking.serve(PeerMessageKind.HELLO, CompletableFuture::completedFuture);
    assertThat(call(here, PATIENCE, Bytes.of(7))).isCompletedWithValue(Bytes.of(7));
    asking.serve(
        PeerMessageKind.HELLO, request -> CompletableFuture.failedFuture(new IOException("no")));
    assertThat(failure(call(here, PATIENCE, Bytes.EMPTY)).maybeDelivered()).isTrue();
  }

  @Test
  void aServiceThatFailsReachesTheCallerAsDelivered() {
    serving.serve(
        PeerMessageKind.REPORT,
        request -> {
          throw new IllegalStateException("broken");
        });
    PeerException failure =
        failure(asking.transport().call(there, PeerMessageKind.REPORT, Bytes.EMPTY, PATIENCE));
    assertThat(failure.maybeDelivered()).isTrue();
    assertThat(failure).hasMessageContaining("broken");
  }

  @Test
  void aKindThatIsNotServedIsAFailureAtOnce() {
    assertThat(
            failure(
                asking
                    .transport()
                    .call(there, PeerMessageKind.CLUSTER_COMMAND, Bytes.EMPTY, PATIENCE)))
        .hasMessageContaining("not served");
  }

  @Test
  void aServiceThatNeverAnswersTimesOutAsMaybeDelivered() {
    serving.serve(PeerMessageKind.REPORT, request -> new CompletableFuture<>());
    assertThat(
            failure(asking.transport().call(there, PeerMessageKind.REPORT, Bytes.EMPTY, SHORT))
                .maybeDelivered())
        .isTrue();
  }

  @Test
  void aRefusedConnectionIsAFailureAtOnceAndNothingWasDelivered() {
    Deadline generous = Deadline.after(PATIENCE.dividedBy(2));
    List<CompletableFuture<Bytes>> answers =
        IntStream.range(0, 100).mapToObj(i -> call(nobody, PATIENCE, Bytes.EMPTY)).toList();
    assertThat(answers).noneMatch(answer -> failure(answer).maybeDelivered());
    assertThat(generous.passed()).isFalse();
  }

  @Test
  void aPeerThatComesBackIsReachedAgain() {
    serving.close();
    assertThat(failure(call(there, SHORT, Bytes.EMPTY))).isNotNull();
    try (JRaftRuntime again = new JRaftRuntime(there)) {
      again.start();
      again.serve(PeerMessageKind.HELLO, CompletableFuture::completedFuture);
      Await.until(
          PATIENCE,
          () -> "no answer from " + there,
          () ->
              call(there, PATIENCE, Bytes.of(3)).handle((bytes, failed) -> failed == null).join());
    }
  }

  @Test
  void aPeerThatAcceptsAndNeverAnswersTimesOutAsMaybeDelivered() throws IOException {
    try (ServerSocket mute =
        new ServerSocket(nobody.port(), 50, InetAddress.getLoopbackAddress())) {
      assertThat(failure(call(nobody, SHORT, Bytes.EMPTY)).maybeDelivered()).isTrue();
      assertThat(mute.isBound()).isTrue();
    }
  }

  /** Two threads dial for everybody; a node that vanished must not hold up calls to the others. */
  @Test
  void aPeerWhoseConnectionsHangHoldsUpNeitherItsOwnCallersNorOthers() throws IOException {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    List<Socket> fillers = new ArrayList<>();
    try (ServerSocket full = new ServerSocket(nobody.port(), 1, loopback)) {
      fillUp(new InetSocketAddress(loopback, full.getLocalPort()), fillers);
      Deadline soon = Deadline.after(Duration.ofSeconds(6));
      List<CompletableFuture<Bytes>> hanging =
          IntStream.range(0, 60).mapToObj(i -> call(nobody, SHORT, Bytes.EMPTY)).toList();
      assertThat(call(there, PATIENCE, Bytes.of(4)).join()).isEqualTo(Bytes.of(4, 1));
      assertThat(hanging).allMatch(answer -> failure(answer) != null);
      assertThat(soon.passed()).as("one dial at a time fails all that wait for it").isFalse();
    } finally {
      for (Socket filler : fillers) {
        filler.close();
      }
    }
  }

  /** Fills the queue of connections not accepted yet; Linux then ignores further ones. */
  private static void fillUp(InetSocketAddress address, List<Socket> fillers) throws IOException {
    for (int i = 0; i < 10; i++) {
      Socket socket = new Socket();
      fillers.add(socket);
      try {
        socket.connect(address, 200);
      } catch (SocketTimeoutException e) {
        return;
      }
    }
    throw new AssertionError("the backlog has no end here");
  }

  private CompletableFuture<Bytes> call(NodeAddress to, Duration timeout, Bytes request) {
    return asking.transport().call(to, PeerMessageKind.HELLO, request, timeout);
  }

  private static Bytes number(int i) {
    return Bytes.utf8(Integer.toString(i));
  }

  private static PeerException failure(CompletableFuture<Bytes> answer) {
    return (PeerException) catchThrowableOfType(CompletionException.class, answer::join).getCause();
  }
}
