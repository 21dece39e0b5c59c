package io.raftwood.server.http;

import io.raftwood.bytes.Bytes;
import io.raftwood.raft.ReadConsistency;
import io.raftwood.raft.RequestOptions;
import io.raftwood.tree.model.Fanout;
import java.io.IOException;
import java.util.Optional;

/** A {@link TestServer} for tests of clients in other packages. */
public final class RunningEndpoint implements AutoCloseable {
  private final TestServer server;

  private RunningEndpoint(TestServer server) {
    this.server = server;
  }

  /** One in default mode. */
  public static RunningEndpoint start() throws IOException {
    return new RunningEndpoint(new TestServer(TestServer.settings()));
  }

  /** One in strict mode. */
  public static RunningEndpoint strict() throws IOException {
    return new RunningEndpoint(new TestServer(TestServer.settings().with(HustdbDialect.STRICT)));
  }

  /** One whose trees have at most four entries or children in a node. */
  public static RunningEndpoint withSmallNodes() throws IOException {
    TreeSettings trees = new TreeSettings(false, new Fanout(4, 4));
    return new RunningEndpoint(new TestServer(TestServer.settings().with(trees)));
  }

  /** One that asks for passwords. */
  public static RunningEndpoint withPasswords() throws IOException {
    AccessSettings access = new AccessSettings(true, 1_000, Optional.empty());
    return new RunningEndpoint(new TestServer(TestServer.settings().with(access)));
  }

  /** {@code host:port}. */
  public String address() {
    return "127.0.0.1:" + server.port();
  }

  /** From now on every request fails with {@code exception}. */
  public void failWith(RuntimeException exception) {
    server.store.failWith(exception);
  }

  /** After so many requests more, every one on trees fails with {@code exception}. */
  public void failTreesAfter(int requests, RuntimeException exception) {
    server.trees.failAfter(requests, exception);
  }

  /** The options of the last request on trees. */
  public RequestOptions lastTreeOptions() {
    return server.trees.lastOptions();
  }

  /** From now on reads are marked stale. */
  public void answerStale() {
    server.store.answerStale();
  }

  /** From now on {@code node}, n1 or n2, does not answer peer reads. */
  public void stop(String node) {
    server.groups.stop(node);
  }

  /** From now on writes happen on one of the two replicas only: 0 or 1. */
  public void onlyOn(int replica) {
    server.store.onlyOn(replica);
  }

  /** From now on writes happen on both replicas again. */
  public void onBoth() {
    server.store.onBoth();
  }

  /** Replicated time goes on. */
  public void passTime(long millis) {
    server.store.passTime(millis);
  }

  /** The value of a key. */
  public Optional<Bytes> value(Bytes key) {
    return server.store.value(key);
  }

  /** The idempotency key of the last request. */
  public Optional<Bytes> lastIdempotencyKey() {
    return lastOptions().idempotencyKey();
  }

  /** The consistency that the last request asked for. */
  public ReadConsistency lastConsistency() {
    return lastOptions().consistency();
  }

  private RequestOptions lastOptions() {
    return server.store.lastOptions();
  }

  @Override
  public void close() {
    server.close();
  }
}
