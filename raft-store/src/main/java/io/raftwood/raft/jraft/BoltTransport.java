package io.raftwood.raft.jraft;

import com.alipay.remoting.InvokeCallback;
import com.alipay.remoting.exception.RemotingException;
import com.alipay.remoting.rpc.RpcClient;
import com.alipay.remoting.rpc.exception.InvokeTimeoutException;
import io.raftwood.bytes.Bytes;
import io.raftwood.peer.NodeAddress;
import io.raftwood.peer.PeerException;
import io.raftwood.peer.PeerMessageKind;
import io.raftwood.peer.PeerTransport;
import io.raftwood.raft.Deadline;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;

/**
 * Messages between nodes over Bolt connections, one per peer. Dialing, which blocks, happens on a
 * thread of its own; a peer that just refused a connection is not dialed again for {@link
 * #REDIAL_NANOS}, so that a dead node costs its callers nothing.
 */
final class BoltTransport implements PeerTransport {
  private static final long REDIAL_NANOS = 200_000_000L;

  private final NodeAddress self;
  private final PeerServices services;
  private final RpcClient client = new RpcClient();
  private final ExecutorService dialer;
  private final Map<NodeAddress, Long> refused = new ConcurrentHashMap<>();

  /** Calls to {@code self} are served by {@code services} without the network. */
  BoltTransport(NodeAddress self, PeerServices services, ExecutorService dialer) {
    this.self = self;
    this.services = services;
    this.dialer = dialer;
  }

  void start() {
    client.startup();
  }

  void stop() {
    client.shutdown();
  }

  @Override
  public CompletableFuture<Bytes> call(
      NodeAddress address, PeerMessageKind kind, Bytes request, Duration timeout) {
    if (address.equals(self)) {
      return services.serve(kind.tag(), request).thenApply(BoltTransport::unwrap);
    }
    Call call =
        new Call(address, new PeerFrame.Request(kind.tag(), request.unsafeArray()), timeout);
    if (client.checkConnection(address.toString())) {
      call.send();
    } else {
      dial(call);
    }
    return call.answer;
  }

  private void dial(Call call) {
    if (failsAlready(call)) {
      return;
    }
    try {
      // What waited behind a dial that failed must not dial, and hold up the others, once more.
      dialer.execute(
          () -> {
            if (!failsAlready(call)) {
              call.send();
            }
          });
    } catch (RejectedExecutionException e) {
      call.answer.completeExceptionally(
          new PeerException("too many calls wait for a connection", false));
    }
  }

  private boolean failsAlready(Call call) {
    Long refusedAt = refused.get(call.address);
    if (refusedAt != null && System.nanoTime() - refusedAt < REDIAL_NANOS) {
      call.fail("does not accept connections", false);
      return true;
    }
    if (call.deadline.passed()) {
      call.fail("not connected in time", false);
      return true;
    }
    return false;
  }

  private static Bytes unwrap(PeerFrame.Response response) {
    if (response.failed()) {
      throw new PeerException(Bytes.wrap(response.content()).toUtf8(), true);
    }
    return Bytes.wrap(response.content());
  }

  /** One request under way. */
  private final class Call implements InvokeCallback {
    final NodeAddress address;
    final PeerFrame.Request request;
    final Deadline deadline;
    final CompletableFuture<Bytes> answer = new CompletableFuture<>();

    Call(NodeAddress address, PeerFrame.Request request, Duration timeout) {
      this.address = address;
      this.request = request;
      this.deadline = Deadline.after(Duration.ofMillis(Math.max(1, timeout.toMillis())));
    }

    /** May block while a connection is made. */
    void send() {
      int timeoutMillis =
          (int) Math.max(1, Math.min(Integer.MAX_VALUE, deadline.remainingMillis()));
      try {
        client.invokeWithCallback(address.toString(), request, this, timeoutMillis);
        refused.remove(address);
      } catch (InvokeTimeoutException e) {
        fail("no answer in time", true);
      } catch (RemotingException e) {
        // Thrown before anything was written: no connection, or the write was refused.
        refused.put(address, System.nanoTime());
        fail(e.getMessage(), false);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        fail("interrupted", true);
      }
    }

    @Override
    public void onResponse(Object result) {
      try {
        answer.complete(unwrap((PeerFrame.Response) result));
      } catch (PeerException e) {
        answer.completeExceptionally(e);
      } catch (ClassCastException e) {
        fail("answered with something else", true);
      }
    }

    @Override
    public void onException(Throwable failure) {
      fail(failure.getClass().getSimpleName() + ": " + failure.getMessage(), true);
    }

    @Override
    public Executor getExecutor() {
      return null; // Bolt's own pool
    }

    private void fail(String why, boolean maybeDelivered) {
      answer.completeExceptionally(new PeerException(address + ": " + why, maybeDelivered));
    }
  }
}
