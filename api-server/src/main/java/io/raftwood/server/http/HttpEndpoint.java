package io.raftwood.server.http;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.raftwood.admin.ClusterAdmin;
import io.raftwood.server.http.slow.SlowLog;
import io.undertow.UndertowOptions;
import io.undertow.connector.ByteBufferPool;
import io.undertow.server.DefaultByteBufferPool;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.protocol.http.HttpOpenListener;
import io.undertow.util.SameThreadExecutor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.xnio.ChannelListeners;
import org.xnio.IoUtils;
import org.xnio.OptionMap;
import org.xnio.Options;
import org.xnio.StreamConnection;
import org.xnio.Xnio;
import org.xnio.XnioIoThread;
import org.xnio.XnioWorker;
import org.xnio.channels.AcceptingChannel;

/**
 * The HTTP server of a node: hustdb's endpoints, {@code /dt/*}, {@code /livez /readyz /metrics} and
 * {@code /admin/*}. Everything runs on I/O threads and nothing blocks, nor must the stores behind,
 * but for listings, scans and loads: these have threads of their own ({@link LongReads}).
 *
 * <p>Life cycle: {@link #start}, {@link #drain}, {@link #stop}; each from one thread, once.
 */
public final class HttpEndpoint {
  private static final int BUFFER_BYTES = 16_384;
  private static final int BACKLOG = 1024;
  private static final long SWEEP_MILLIS_MAX = 250;
  private static final long DRAIN_POLL_MILLIS = 10;

  private final HttpEdge edge;
  private final ByteBufferPool buffers = new DefaultByteBufferPool(true, BUFFER_BYTES);
  private final HttpOpenListener opener;
  private final ConnectionGate gate;
  private final LongReads longReads = new LongReads();
  private final PasswordWork passwords = new PasswordWork();
  private final Map<XnioIoThread, IoContext> contexts = new ConcurrentHashMap<>();
  private XnioWorker worker;
  private AcceptingChannel<StreamConnection> acceptor;

  /**
   * Composes the endpoint; binds nothing yet.
   *
   * @param registry what {@code /metrics} shows; the endpoint adds its own metrics and the JVM's
   */
  public HttpEndpoint(
      HttpSettings settings, Stores stores, ClusterAdmin admin, PrometheusRegistry registry) {
    AtomicBoolean draining = new AtomicBoolean();
    SlowLog slow = new SlowLog(settings.slow(), System::nanoTime);
    List<Route> routes = new ArrayList<>(ofRecords(settings, stores, admin));
    routes.addAll(ofGroups(settings, stores));
    routes.addAll(ofTrees(settings, stores));
    routes.addAll(new CacheHandler(new CacheRequests(stores.cache(), settings.dialect())).routes());
    routes.addAll(new SyncHandler(admin.sync()).routes());
    routes.addAll(new InfoHandler(admin).routes());
    routes.addAll(new ServiceHandler(admin, registry, draining::get).routes());
    routes.addAll(new AdminHandler(admin).routes());
    routes.addAll(new BackupHandler(stores.backups().views(), longReads).routes());
    routes.addAll(new RestoreHandler(stores.backups().restores(), longReads).routes());
    routes.addAll(new PlacementHandler(admin).routes());
    routes.addAll(new ChangeHandler(admin).routes());
    routes.addAll(new NodeControlHandler(admin.controls()).routes());
    routes.addAll(new SlowLogHandler(admin.controls(), slow).routes());
    AccessSettings access = settings.access();
    routes.addAll(new SlotTableHandler(admin, settings).routes());
    routes.addAll(new UserHandler(admin, passwords, access).routes());
    OutcomeTable table = OutcomeTable.load(settings.dialect().strict());
    HttpMetrics metrics = new HttpMetrics(registry);
    routes.addAll(new BatchHandler(routes, stores.bundles(), table, metrics).routes());
    CredentialCheck credentials = new CredentialCheck(admin::users, passwords, access.iterations());
    this.edge =
        new HttpEdge(
            settings,
            new Routes(routes),
            table,
            new Responder(settings.dialect()),
            new ByteBudget(settings.limits().bytesInFlightMax()),
            metrics,
            new AccessControl(access.authentication(), admin::users, credentials),
            slow,
            draining);
    this.opener = new HttpOpenListener(buffers, options(settings));
    opener.setRootHandler(new RootHandler());
    this.gate = new ConnectionGate(settings.limits().connectionsMax(), opener, edge.metrics());
    showGauges();
    JvmFigures.register(registry);
  }

  private static List<Route> ofRecords(HttpSettings settings, Stores stores, ClusterAdmin admin) {
    RecordRequests requests = new RecordRequests(stores.records(), admin.sync(), settings);
    List<Route> routes = new ArrayList<>(new KvHandler(requests).routes());
    routes.addAll(new HashHandler(requests).routes());
    routes.addAll(new SetHandler(requests).routes());
    routes.addAll(new SortedSetHandler(requests).routes());
    routes.addAll(new ScoreRangeHandler(requests).routes());
    routes.addAll(new CompareHandler(stores.compare(), requests).routes());
    return routes;
  }

  private List<Route> ofGroups(HttpSettings settings, Stores stores) {
    List<Route> routes =
        new ArrayList<>(new PeerHandler(stores.groups(), longReads, settings.dialect()).routes());
    routes.addAll(new ScanHandler(stores.groups(), longReads, settings).routes());
    return routes;
  }

  private List<Route> ofTrees(HttpSettings settings, Stores stores) {
    TreeRequests requests =
        new TreeRequests(stores.trees(), stores.groups(), longReads, settings.trees());
    List<Route> routes = new ArrayList<>(new TreeHandler(requests).routes());
    routes.addAll(new TreeNodeHandler(requests).routes());
    routes.addAll(new TreeExtensionHandler(requests).routes());
    routes.addAll(new TreeLoadHandler(requests).routes());
    return routes;
  }

  /**
   * Binds and serves.
   *
   * @throws IOException when the address cannot be bound
   */
  public void start() throws IOException {
    HttpSettings settings = edge.settings();
    worker =
        Xnio.getInstance()
            .createWorker(
                OptionMap.builder()
                    .set(Options.WORKER_NAME, "http")
                    .set(Options.WORKER_IO_THREADS, settings.ioThreads())
                    .set(Options.WORKER_TASK_CORE_THREADS, 1)
                    .set(Options.WORKER_TASK_MAX_THREADS, 1)
                    .getMap());
    try {
      acceptor =
          worker.createStreamConnectionServer(
              new InetSocketAddress(settings.host(), settings.port()),
              ChannelListeners.openListenerAdapter(gate),
              OptionMap.builder()
                  .set(Options.TCP_NODELAY, true)
                  .set(Options.REUSE_ADDRESSES, true)
                  .set(Options.BACKLOG, BACKLOG)
                  .getMap());
    } catch (IOException e) {
      worker.shutdownNow();
      throw new IOException(
          "cannot listen on " + settings.host() + ":" + settings.port() + ": " + e.getMessage(), e);
    }
    acceptor.resumeAccepts();
  }

  /** The port that {@link #start} bound. */
  public int port() {
    return acceptor.getLocalAddress(InetSocketAddress.class).getPort();
  }

  /**
   * Begins to stop: {@code /readyz} says 503 and every answer closes its connection. New
   * connections are still served, so that a load balancer has time to notice.
   */
  public void drain() {
    edge.draining().set(true);
  }

  /**
   * Stops: no new connections; requests under way are answered, for at most {@code grace}; then
   * everything closes. Blocks.
   *
   * @return whether every request under way was answered
   */
  public boolean stop(Duration grace) throws InterruptedException {
    drain();
    IoUtils.safeClose(acceptor);
    long end = System.nanoTime() + grace.toNanos();
    while (requestsInFlight() > 0 && System.nanoTime() < end) {
      Thread.sleep(DRAIN_POLL_MILLIS);
    }
    boolean clean = requestsInFlight() == 0;
    opener.closeConnections();
    longReads.stop();
    passwords.stop();
    worker.shutdownNow();
    worker.awaitTermination();
    buffers.close();
    return clean;
  }

  private static OptionMap options(HttpSettings settings) {
    HttpLimits limits = settings.limits();
    HttpTimeouts timeouts = settings.timeouts();
    return OptionMap.builder()
        // Targets are decoded here, once, to bytes.
        .set(UndertowOptions.DECODE_URL, false)
        .set(UndertowOptions.ALLOW_UNESCAPED_CHARACTERS_IN_URL, true)
        .set(UndertowOptions.MAX_HEADER_SIZE, limits.headBytesMax())
        .set(UndertowOptions.MAX_HEADERS, limits.headersMax())
        .set(UndertowOptions.MAX_PARAMETERS, limits.parametersMax())
        // The body reader has its own limit, and answers.
        .set(UndertowOptions.MAX_ENTITY_SIZE, -1L)
        .set(UndertowOptions.NO_REQUEST_TIMEOUT, (int) timeouts.keepAlive().toMillis())
        .set(UndertowOptions.REQUEST_PARSE_TIMEOUT, (int) timeouts.head().toMillis())
        .set(UndertowOptions.ALWAYS_SET_DATE, true)
        .set(UndertowOptions.ALWAYS_SET_KEEP_ALIVE, true)
        .set(UndertowOptions.BUFFER_PIPELINED_DATA, true)
        .set(UndertowOptions.ENABLE_HTTP2, false)
        .getMap();
  }

  private void showGauges() {
    HttpMetrics metrics = edge.metrics();
    metrics.gauge("raftwood_http_inflight", "Requests under way.", this::requestsInFlight);
    metrics.gauge("raftwood_http_long_reads", "Listings and scans under way.", longReads::underWay);
    metrics.gauge(
        "raftwood_http_passwords_waiting", "Passwords to be checked.", passwords::waiting);
    metrics.gauge("raftwood_http_connections", "Open connections.", gate::open);
    metrics.gauge(
        "raftwood_http_body_bytes", "Request bodies being held, in bytes.", this::bodyBytesHeld);
  }

  /** Requests whose answer is not yet taken. Thread-safe. */
  public int requestsInFlight() {
    return contexts.values().stream().mapToInt(context -> context.open().count()).sum();
  }

  /** Bytes of request bodies being held. Thread-safe. */
  public long bodyBytesHeld() {
    return edge.budget().used();
  }

  private IoContext context(XnioIoThread thread) {
    HttpTimeouts timeouts = edge.settings().timeouts();
    long shortest = Math.min(timeouts.stall().toMillis(), timeouts.linger().toMillis());
    long sweepMillis = Math.max(1, Math.min(SWEEP_MILLIS_MAX, shortest / 4));
    return new IoContext(new OpenRequests(thread, sweepMillis), new IoThreadExecutor(thread));
  }

  private record IoContext(OpenRequests open, IoThreadExecutor executor) {}

  private final class RootHandler implements HttpHandler {
    @Override
    public void handleRequest(HttpServerExchange exchange) {
      IoContext context =
          contexts.computeIfAbsent(exchange.getIoThread(), HttpEndpoint.this::context);
      // Dispatched to the same thread: the exchange stays open when this returns.
      exchange.dispatch(
          SameThreadExecutor.INSTANCE,
          new OpenRequest(exchange, edge, context.open(), context.executor()));
    }
  }
}
