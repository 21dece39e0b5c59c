package io.raftwood.raft.jraft;

import static org.assertj.core.api.Assertions.assertThat;

import io.raftwood.bytes.Bytes;
import io.raftwood.peer.PeerMessageKind;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class PeerServicesTest {
  private static final int TAG = PeerMessageKind.HELLO.tag();

  private final PeerServices services = new PeerServices();

  @Test
  void theServiceOfTheKindAnswers() {
    services.register(PeerMessageKind.HELLO, request -> CompletableFuture.completedFuture(request));
    services.register(PeerMessageKind.REPORT, request -> new CompletableFuture<>());
    PeerFrame.Response answer = services.serve(TAG, Bytes.of(1, 2)).join();
    assertThat(answer.failed()).isFalse();
    assertThat(answer.content()).containsExactly(1, 2);
  }

  @Test
  void aLaterServiceReplacesAnEarlierOne() {
    services.register(PeerMessageKind.HELLO, request -> new CompletableFuture<>());
    services.register(PeerMessageKind.HELLO, request -> CompletableFuture.completedFuture(request));
    assertThat(services.serve(TAG, Bytes.EMPTY)).isDone();
  }

  @Test
  void anUnknownKindIsAFailedAnswer() {
    assertFailed(services.serve(TAG, Bytes.EMPTY), "kind 2");
    assertFailed(services.serve(255, Bytes.EMPTY), "kind 255");
  }

  @Test
  void whateverAServiceDoesBecomesAFailedAnswer() {
    services.register(
        PeerMessageKind.HELLO,
        request -> {
          throw new IllegalStateException("thrown");
        });
    assertFailed(services.serve(TAG, Bytes.EMPTY), "IllegalStateException: thrown");
    services.register(
        PeerMessageKind.HELLO,
        request ->
            CompletableFuture.failedFuture(
                new CompletionException(new IllegalArgumentException("failed"))));
    assertFailed(services.serve(TAG, Bytes.EMPTY), "IllegalArgumentException: failed");
  }

  private static void assertFailed(CompletableFuture<PeerFrame.Response> answer, String why) {
    assertThat(answer.join().failed()).isTrue();
    assertThat(Bytes.wrap(answer.join().content()).toUtf8()).contains(why);
  }
}
