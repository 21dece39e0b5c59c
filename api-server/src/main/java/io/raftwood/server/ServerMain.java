package io.raftwood.server;

import io.raftwood.membership.DataDirectoryException;
import io.raftwood.membership.JoinOutcome;
import io.raftwood.raft.TestFault;
import io.raftwood.server.config.LoadedConfig;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs one node as a process: from its configuration to its exit code. */
public final class ServerMain {
  /** A clean stop. */
  public static final int EXIT_OK = 0;

  /** The data directory or a port cannot be used. */
  public static final int EXIT_CANNOT_START = 1;

  /** The cluster refuses this node or its disk. */
  public static final int EXIT_REFUSED = 4;

  /** A fault: the node must not go on. The supervisor restarts it. */
  public static final int EXIT_FAULT = 5;

  private static final Logger LOG = LoggerFactory.getLogger(ServerMain.class);
  private static final Duration STOP_TIME = Duration.ofSeconds(30);

  private ServerMain() {}

  /**
   * Runs the node until a signal or a fault ends it. A fault ends the process at once, without
   * clean-up: what the node holds in memory can no longer be trusted.
   *
   * @return the exit code after a stop that was asked for, or a start that failed
   */
  public static int run(LoadedConfig config) {
    CompletableFuture<Void> stopped = new CompletableFuture<>();
    CompletableFuture<Void> signal = new CompletableFuture<>();
    Thread hook = new Thread(() -> stopBySignal(signal, stopped), "stop-signal");
    Runtime.getRuntime().addShutdownHook(hook);
    int code = EXIT_CANNOT_START;
    try {
      code = runNode(config, signal);
    } finally {
      stopped.complete(null);
    }
    return code;
  }

  private static int runNode(LoadedConfig config, CompletableFuture<Void> signal) {
    if (!TestFault.activeNames().isEmpty()) {
      LOG.warn("defective on purpose, for tests of tests only: {}", TestFault.activeNames());
    }
    CompletableFuture<JoinOutcome.Refused> removal = new CompletableFuture<>();
    try (ServerNode node = new ServerNode(config, new ProcessEndings(removal))) {
      CompletableFuture<JoinOutcome> joined = node.start();
      CompletableFuture.anyOf(joined, signal).join();
      if (!signal.isDone() && joined.join() instanceof JoinOutcome.Refused why) {
        logRefusal(why);
        return EXIT_REFUSED;
      }
      CompletableFuture.anyOf(signal, removal).join();
      LOG.info("stopping");
      node.drain();
      if (!signal.isDone()) {
        return EXIT_REFUSED;
      }
    } catch (DataDirectoryException | StartFailedException e) {
      LOG.error("cannot start: {}", e.getMessage());
      return EXIT_CANNOT_START;
    } catch (RuntimeException e) {
      return failedStart(e);
    }
    LOG.info("stopped");
    return EXIT_OK;
  }

  /** The process must live until the node has stopped: signals end it when the hooks return. */
  private static void stopBySignal(
      CompletableFuture<Void> signal, CompletableFuture<Void> stopped) {
    signal.complete(null);
    try {
      stopped.get(STOP_TIME.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      LOG.warn("not stopped within {}; ending anyway", STOP_TIME);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (java.util.concurrent.ExecutionException e) {
      LOG.warn("stopping failed", e);
    }
  }

  private static int failedStart(RuntimeException thrown) {
    Throwable cause = thrown instanceof CompletionException ? thrown.getCause() : thrown;
    if (cause instanceof DataDirectoryException) {
      LOG.error("cannot start: {}", cause.getMessage());
      return EXIT_CANNOT_START;
    }
    LOG.error("FAULT, the node cannot start: {}", cause.getMessage(), cause);
    return EXIT_FAULT;
  }

  private static void logRefusal(JoinOutcome.Refused why) {
    LOG.error("refused ({}): {}", why.reason(), why.message());
  }

  /** Ends the process without clean-up. */
  private static final class ProcessEndings implements NodeEndings {
    private final CompletableFuture<JoinOutcome.Refused> removal;

    ProcessEndings(CompletableFuture<JoinOutcome.Refused> removal) {
      this.removal = removal;
    }

    @Override
    public void removed(JoinOutcome.Refused why) {
      if (removal.complete(why)) {
        logRefusal(why);
      }
    }

    @Override
    public void fault(String what, Throwable cause) {
      LOG.error("FAULT, the node ends: {}", what, cause);
      Runtime.getRuntime().halt(EXIT_FAULT);
    }

    @Override
    public void refused(JoinOutcome.Refused why) {
      logRefusal(why);
      Runtime.getRuntime().halt(EXIT_REFUSED);
    }
  }
}
