package io.raftwood.raft.jraft;

import io.raftwood.bytes.Bytes;
import io.raftwood.peer.PeerMessageKind;
import io.raftwood.peer.PeerService;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** The services that answer this node's peers, by message kind. Thread-safe. */
final class PeerServices {
  private final Map<Integer, PeerService> byTag = new ConcurrentHashMap<>();

  void register(PeerMessageKind kind, PeerService service) {
    byTag.put(kind.tag(), service);
  }

  /** Never fails: a failure becomes a {@code failed} response. */
  CompletableFuture<PeerFrame.Response> serve(int tag, Bytes request) {
    PeerService service = byTag.get(tag);
    if (service == null) {
      return CompletableFuture.completedFuture(
          failed("message kind " + tag + " is not served yet"));
    }
    CompletableFuture<Bytes> answer;
    try {
      answer = service.serve(request);
    } catch (RuntimeException e) {
      answer = CompletableFuture.failedFuture(e);
    }
    return answer.handle(
        (bytes, failure) ->
            failure == null
                ? new PeerFrame.Response(false, bytes.unsafeArray())
                : failed(describe(failure)));
  }

  private static PeerFrame.Response failed(String why) {
    return new PeerFrame.Response(true, Bytes.utf8(why).unsafeArray());
  }

  private static String describe(Throwable failure) {
    Throwable cause = failure;
    while (cause instanceof java.util.concurrent.CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause.getClass().getSimpleName() + ": " + cause.getMessage();
  }
}
