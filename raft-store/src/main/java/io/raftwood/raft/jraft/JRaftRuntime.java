package io.raftwood.raft.jraft;

import com.alipay.remoting.CustomSerializerManager;
import com.alipay.remoting.rpc.RpcConfigs;
import com.alipay.remoting.serialization.SerializerManager;
import com.alipay.sofa.jraft.JRaftUtils;
import com.alipay.sofa.jraft.NodeManager;
import com.alipay.sofa.jraft.rpc.ProtobufMsgFactory;
import com.alipay.sofa.jraft.rpc.impl.BoltRpcServer;
import com.alipay.sofa.jraft.rpc.impl.PingRequestProcessor;
import com.alipay.sofa.jraft.rpc.impl.core.GetFileRequestProcessor;
import com.alipay.sofa.jraft.rpc.impl.core.InstallSnapshotRequestProcessor;
import com.alipay.sofa.jraft.rpc.impl.core.ReadIndexRequestProcessor;
import com.alipay.sofa.jraft.rpc.impl.core.TimeoutNowRequestProcessor;
import com.alipay.sofa.jraft.util.Endpoint;
import io.raftwood.peer.NodeAddress;
import io.raftwood.peer.PeerMessageKind;
import io.raftwood.peer.PeerService;
import io.raftwood.peer.PeerTransport;
import io.raftwood.raft.PeerChanges;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What all replicas of a node share: the Raft port, the transport, timers and threads.
 *
 * <p>The port listens on its own address only (JRaft by itself listens on all), serves the seven
 * processors that replication needs (those of JRaft's CLI only after {@link #serveCli}), and reads
 * no object serialization.
 */
public final class JRaftRuntime implements AutoCloseable {
  private static final int RAFT_RPC_THREADS = 4;
  private static final int DIAL_THREADS = 2;
  private static final int DIAL_QUEUE = 1024;

  // Bolt keeps serializers in statics, for the process.
  static {
    // Appends that arrive together must each go to their replica's own thread.
    System.setProperty(RpcConfigs.DISPATCH_MSG_LIST_IN_DEFAULT_EXECUTOR, "false");
    ProtobufMsgFactory.load();
    SerializerManager.addSerializer(SerializerManager.Hessian2, new DenyAllSerializer());
    PeerFrameSerializer frames = new PeerFrameSerializer();
    register(PeerFrame.Request.class, frames);
    register(PeerFrame.Response.class, frames);
  }

  private final NodeAddress address;
  private final PeerServices services = new PeerServices();
  private final ElectionGuard guard = new ElectionGuard(System::nanoTime);
  private final AppendThreads appendThreads = new AppendThreads();
  private final BoltRpcServer server;
  private final BoltTransport transport;
  private final ExecutorService dialer = dialer();
  private final ExecutorService background = Executors.newFixedThreadPool(2, named("raft-files"));
  private final ScheduledExecutorService ticker =
      Executors.newSingleThreadScheduledExecutor(named("raft-ticker"));
  private final Executor raftExecutor;
  private final AtomicBoolean started = new AtomicBoolean();
  private volatile boolean cli;

  /** Prepares the port at {@code address}, which must name one interface, not all. */
  public JRaftRuntime(NodeAddress address) {
    this.address = address;
    raftExecutor = JRaftUtils.createExecutor("raft-rpc-", RAFT_RPC_THREADS);
    server = newServer(address);
    transport = new BoltTransport(address, services, dialer);
    services.register(PeerMessageKind.TRANSFER_ANNOUNCEMENT, TransferAnnouncement.service(guard));
  }

  /** Where the other nodes reach this one. */
  public NodeAddress address() {
    return address;
  }

  private BoltRpcServer newServer(NodeAddress at) {
    com.alipay.remoting.rpc.RpcServer bolt =
        new com.alipay.remoting.rpc.RpcServer(at.host(), at.port(), true);
    bolt.registerUserProcessor(new PeerProcessor(services));
    BoltRpcServer raft = new BoltRpcServer(bolt);
    raft.registerProcessor(new AppendProcessor(raftExecutor, guard, appendThreads));
    raft.registerProcessor(new GuardedVoteProcessor(raftExecutor, guard));
    raft.registerProcessor(new GetFileRequestProcessor(raftExecutor));
    raft.registerProcessor(new InstallSnapshotRequestProcessor(raftExecutor));
    raft.registerProcessor(new PingRequestProcessor(raftExecutor));
    raft.registerProcessor(new TimeoutNowRequestProcessor(raftExecutor));
    raft.registerProcessor(new ReadIndexRequestProcessor(raftExecutor));
    return raft;
  }

  /**
   * Opens the port.
   *
   * @throws IllegalStateException when it cannot be bound; the message names it
   */
  public void start() {
    try {
      server.init(null);
    } catch (RuntimeException e) {
      throw new IllegalStateException(
          "cannot listen on Raft address " + address + ": " + e.getMessage(), e);
    }
    NodeManager.getInstance().addAddress(endpoint());
    transport.start();
    started.set(true);
  }

  /** Serves messages of {@code kind} from now on. */
  public void serve(PeerMessageKind kind, PeerService service) {
    services.register(kind, service);
  }

  /**
   * Lets clients of JRaft's {@code CliService} ask and change; before {@link #start}, and before
   * any replica starts. Whoever reaches the Raft port may then use it.
   */
  public void serveCli(PeerChanges changes) {
    CliRpc.register(server, raftExecutor, changes);
    cli = true;
  }

  /** Whether {@link #serveCli} was called. */
  boolean servesCli() {
    return cli;
  }

  /** Asks other nodes. */
  public PeerTransport transport() {
    return transport;
  }

  /** Runs short periodic work of the replicas; tasks must not block. */
  public ScheduledExecutorService ticker() {
    return ticker;
  }

  /** Runs file work of the replicas (manifests, hashes). */
  Executor background() {
    return background;
  }

  ElectionGuard guard() {
    return guard;
  }

  AppendThreads appendThreads() {
    return appendThreads;
  }

  private Endpoint endpoint() {
    return new Endpoint(address.host(), address.port());
  }

  /** Closes the port if it is open; the replicas must be stopped before. Idempotent. */
  @Override
  public void close() {
    ticker.shutdownNow();
    if (started.compareAndSet(true, false)) {
      NodeManager.getInstance().removeAddress(endpoint());
      server.shutdown();
      transport.stop();
    }
    dialer.shutdownNow();
    background.shutdown();
    if (raftExecutor instanceof ExecutorService) {
      ((ExecutorService) raftExecutor).shutdown();
    }
  }

  private static void register(Class<?> type, PeerFrameSerializer serializer) {
    CustomSerializerManager.registerCustomSerializer(type.getName(), serializer);
  }

  private static ExecutorService dialer() {
    return new ThreadPoolExecutor(
        DIAL_THREADS,
        DIAL_THREADS,
        1,
        TimeUnit.MINUTES,
        new ArrayBlockingQueue<>(DIAL_QUEUE),
        named("peer-dial"));
  }

  private static java.util.concurrent.ThreadFactory named(String name) {
    return task -> {
      Thread thread = new Thread(task, name);
      thread.setDaemon(true);
      return thread;
    };
  }
}
