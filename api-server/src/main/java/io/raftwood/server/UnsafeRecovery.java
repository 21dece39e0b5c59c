package io.raftwood.server;

import io.raftwood.bytes.Bytes;
import io.raftwood.bytes.MalformedBytesException;
import io.raftwood.cluster.ClusterMap;
import io.raftwood.cluster.NodeRecord;
import io.raftwood.membership.DataDirectory;
import io.raftwood.membership.DataDirectoryException;
import io.raftwood.membership.HelloCodec;
import io.raftwood.membership.HelloRequest;
import io.raftwood.peer.PeerMessageKind;
import io.raftwood.recovery.Recovery;
import io.raftwood.recovery.RecoveryFacts;
import io.raftwood.recovery.RecoveryMessages;
import io.raftwood.recovery.RecoveryPlan;
import io.raftwood.recovery.RecoveryPlanner;
import io.raftwood.recovery.RecoveryRefusedException;
import io.raftwood.recovery.RecoveryStep;
import io.raftwood.recovery.RemoteSurvivor;
import io.raftwood.recovery.Survivor;
import io.raftwood.server.config.ServerConfig;
import io.raftwood.storage.DurableFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A survivor's process while the majority of a group is given up. It holds the data directory, so
 * that no server runs on it, and serves nothing but the recovery. Blocks; for one thread.
 */
public final class UnsafeRecovery implements AutoCloseable {
  private static final Duration ASK_TIME = Duration.ofSeconds(3);
  private static final int ROUNDS = 3;
  private static final Duration BETWEEN_ROUNDS = Duration.ofSeconds(1);
  private static final int ID_BYTES = 16;
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private final ServerConfig config;
  private final DataDirectory data;
  private final RecoveryNode node;
  private final SecureRandom random = new SecureRandom();
  private final List<Survivor> others = new ArrayList<>();
  private final List<String> account = new ArrayList<>();

  private UnsafeRecovery(ServerConfig config, DataDirectory data, RecoveryNode node) {
    this.config = config;
    this.data = data;
    this.node = node;
  }

  /**
   * Takes the disk of the node that {@code config} names, which must be stopped.
   *
   * @param faults is told when a replica fails: the process must end
   * @throws RecoveryRefusedException when that cannot be
   */
  public static UnsafeRecovery open(ServerConfig config, Consumer<String> faults) {
    DataDirectory data;
    try {
      data =
          DataDirectory.open(
              config.node().dataDir(), config.node().name(), ServerNode.STATE_ENTRIES);
    } catch (DataDirectoryException e) {
      throw new RecoveryRefusedException(e.getMessage());
    }
    try {
      RecoveryNode node =
          new RecoveryNode(config, data, (what, cause) -> faults.accept(what + ": " + cause));
      return new UnsafeRecovery(config, data, node);
    } catch (RuntimeException e) {
      data.close();
      throw e;
    }
  }

  /**
   * Looks for the other nodes of the cluster and makes a plan for those that assist.
   *
   * @throws RecoveryRefusedException when a node runs, when a majority is here, or when no plan can
   *     be made
   */
  public RecoveryPlan plan() {
    node.runtime()
        .serve(
            PeerMessageKind.RECOVERY_FACTS,
            request -> CompletableFuture.completedFuture(RecoveryMessages.encode(node.facts())));
    Map<String, NodeRecord> silent = new LinkedHashMap<>();
    for (NodeRecord other : node.facts().map().map(ClusterMap::nodes).orElse(List.of())) {
      if (!other.name().equals(node.facts().node())) {
        silent.put(other.name(), other);
      }
    }
    for (int round = 0; round < ROUNDS && !silent.isEmpty(); round++) {
      if (round > 0) {
        pause();
      }
      silent.values().removeIf(this::assists);
    }
    List<RecoveryFacts> facts = new ArrayList<>(List.of(node.facts()));
    others.forEach(survivor -> facts.add(survivor.facts()));
    return RecoveryPlanner.plan(facts, this::randomId);
  }

  /** Whether {@code other} assists; a node that answers otherwise ends the recovery. */
  private boolean assists(NodeRecord other) {
    Optional<Bytes> answer =
        ask(other, PeerMessageKind.RECOVERY_FACTS, RecoveryMessages.question());
    if (answer.isPresent()) {
      RecoveryFacts facts = facts(other, answer.get());
      others.add(new RemoteSurvivor(facts, other.raft(), node.runtime().transport()));
      return true;
    }
    HelloRequest hello = new HelloRequest(data.current(), ConfigTranslation.plan(config));
    if (ask(other, PeerMessageKind.HELLO, HelloCodec.encode(hello)).isPresent()) {
      throw new RecoveryRefusedException(
          "node '"
              + other.name()
              + "' runs at "
              + other.raft()
              + ": if a majority can be had, start the nodes as usual; if not, stop it and run"
              + " 'raftwood admin unsafe-recover --assist' there");
    }
    return false;
  }

  private static RecoveryFacts facts(NodeRecord other, Bytes answer) {
    try {
      return RecoveryMessages.decodeFacts(answer);
    } catch (MalformedBytesException e) {
      throw new RecoveryRefusedException(
          "node '" + other.name() + "' runs another version: " + e.getMessage());
    }
  }

  private Optional<Bytes> ask(NodeRecord other, PeerMessageKind kind, Bytes message) {
    return node.runtime()
        .transport()
        .call(other.raft(), kind, message, ASK_TIME)
        .handle((answer, failure) -> Optional.ofNullable(answer))
        .join();
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(BETWEEN_ROUNDS.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private String randomId() {
    byte[] bytes = new byte[ID_BYTES];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /** Takes {@code line} down for the written account. */
  public void note(String line) {
    account.add(line);
  }

  /**
   * Carries {@code plan} out.
   *
   * @param done is told each thing that was done
   * @return the written account
   * @throws RecoveryRefusedException when it stopped on the way; it may be run again
   */
  public Path run(RecoveryPlan plan, Consumer<String> done) {
    List<Survivor> survivors = new ArrayList<>(others);
    survivors.add(node);
    try {
      new Recovery(
              plan,
              survivors,
              line -> {
                note(line);
                done.accept(line);
              })
          .run();
    } catch (RecoveryRefusedException e) {
      note("STOPPED: " + e.getMessage());
      write();
      throw e;
    }
    return write();
  }

  /**
   * Does what another survivor's recovery asks, until it is done.
   *
   * @param done is told each thing that was done
   * @return the written account
   */
  public Path assist(Consumer<String> done) {
    CompletableFuture<Void> finished = new CompletableFuture<>();
    ExecutorService steps = Executors.newSingleThreadExecutor();
    try {
      node.runtime()
          .serve(
              PeerMessageKind.RECOVERY_STEP,
              message -> CompletableFuture.supplyAsync(() -> step(message, done, finished), steps));
      node.runtime()
          .serve(
              PeerMessageKind.RECOVERY_FACTS,
              request -> CompletableFuture.completedFuture(RecoveryMessages.encode(node.facts())));
      finished.join();
      // The answer to the last step is on its way.
      pause();
    } finally {
      steps.shutdown();
    }
    return write();
  }

  private Bytes step(Bytes message, Consumer<String> done, CompletableFuture<Void> finished) {
    RecoveryMessages.Order order = RecoveryMessages.decodeStep(message);
    String line = node.carryOut(order.step(), order.plan());
    note(line);
    done.accept(line);
    if (order.step().equals(RecoveryStep.FINISH)) {
      finished.complete(null);
    }
    return Bytes.utf8(line);
  }

  private Path write() {
    Path file = data.path().resolve("unsafe-recover-" + STAMP.format(Instant.now()) + ".txt");
    try {
      DurableFiles.write(
          file, (String.join("\n", account) + "\n").getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new RecoveryRefusedException("the account cannot be written to " + file + ": " + e);
    }
    return file;
  }

  /** Gives the disk up. */
  @Override
  public void close() {
    node.close();
    data.close();
  }
}
