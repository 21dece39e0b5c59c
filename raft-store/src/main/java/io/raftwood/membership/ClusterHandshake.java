package io.raftwood.membership;

import io.raftwood.bytes.Bytes;
import io.raftwood.bytes.MalformedBytesException;
import io.raftwood.cluster.ClusterCommand;
import io.raftwood.cluster.ClusterMap;
import io.raftwood.cluster.ClusterResult;
import io.raftwood.cluster.Formation;
import io.raftwood.cluster.FormationPlan;
import io.raftwood.cluster.NodeRecord;
import io.raftwood.peer.NodeAddress;
import io.raftwood.peer.PeerMessageKind;
import io.raftwood.peer.PeerTransport;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A node's handshake at start: asks the other nodes, takes the steps that {@link JoinRules} decide
 * and ends with a {@link JoinOutcome}. Replicas may be started only after {@link
 * JoinOutcome.Joined}. {@link #tick} runs on one scheduler thread and writes the identity file;
 * answers arrive on network threads.
 */
public final class ClusterHandshake {
  /** How often {@link #start} ticks. */
  public static final Duration TICK = Duration.ofMillis(100);

  private static final Logger LOG = LoggerFactory.getLogger(ClusterHandshake.class);
  private static final Duration POLL_TIMEOUT = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofMillis(1500);
  private static final Duration LOG_EVERY = Duration.ofSeconds(10);

  private final IdentityStore identities;
  private final FormationPlan plan;
  private final PeerTransport transport;
  private final LogPositions positions;
  private final LongSupplier nanoClock;
  private final ClusterCommands commands;
  private final Map<String, HelloAnswer> answers = new ConcurrentHashMap<>();
  private final Set<String> outstanding = ConcurrentHashMap.newKeySet();
  private final CompletableFuture<JoinOutcome> outcome = new CompletableFuture<>();
  private final long startedNanos;
  private Optional<Map<String, Long>> lastLogIndexes = Optional.empty();
  private Optional<CompletableFuture<ClusterCommandReply>> registration = Optional.empty();
  private Optional<Long> lastLogNanos = Optional.empty();

  /**
   * Prepares the handshake of the node whose identity {@code identities} keeps.
   *
   * @param plan what the configuration says; lists this node too
   * @param nanoClock monotonic nanoseconds
   */
  public ClusterHandshake(
      IdentityStore identities,
      FormationPlan plan,
      PeerTransport transport,
      LogPositions positions,
      LongSupplier nanoClock) {
    this.identities = identities;
    this.plan = plan;
    this.transport = transport;
    this.positions = positions;
    this.nanoClock = nanoClock;
    this.commands = new ClusterCommands(transport, this::others);
    this.startedNanos = nanoClock.getAsLong();
    if (plan.node(identities.current().name()).isEmpty()) {
      throw new IllegalArgumentException(
          "node '" + identities.current().name() + "' is not among the initial nodes");
    }
  }

  /**
   * How it ended. Fails with {@link DataDirectoryException} when the identity could not be saved,
   * with another exception when the log could not be read. Completes on the scheduler.
   */
  public CompletableFuture<JoinOutcome> outcome() {
    return outcome;
  }

  /** Ticks on {@code scheduler} until the outcome is known. */
  public CompletableFuture<JoinOutcome> start(ScheduledExecutorService scheduler) {
    ScheduledFuture<?> ticking =
        scheduler.scheduleWithFixedDelay(this::tick, 0, TICK.toMillis(), TimeUnit.MILLISECONDS);
    outcome.whenComplete((ended, failure) -> ticking.cancel(false));
    return outcome;
  }

  /** Asks who has to be asked and takes at most one step. One thread at a time. */
  public void tick() {
    if (outcome.isDone()) {
      return;
    }
    try {
      others().forEach(this::ask);
      JoinRules.next(facts()).dispatch(new Steps());
    } catch (RuntimeException e) {
      // A log that cannot be read, say. The scheduler would drop it, and the node wait for ever.
      outcome.completeExceptionally(e);
    }
  }

  private JoinFacts facts() {
    if (lastLogIndexes.isEmpty()) {
      lastLogIndexes = Optional.of(Map.copyOf(positions.lastLogIndexes()));
    }
    boolean patienceOver = nanoClock.getAsLong() - startedNanos >= PATIENCE.toNanos();
    return new JoinFacts(
        identities.current(), plan, others().keySet(), answers, lastLogIndexes.get(), patienceOver);
  }

  /**
   * The other nodes: those of the newest map that a member of this node's cluster, or before it
   * belongs to one any member, has told. Until then the configured ones; of a formation that is
   * known also the initial ones, at the addresses that it lists.
   */
  private Map<String, NodeAddress> others() {
    NodeIdentity self = identities.current();
    Map<String, NodeAddress> others = new LinkedHashMap<>();
    Optional<ClusterMap> map = newestMap(self);
    if (map.isPresent()) {
      map.get().nodes().stream()
          .filter(NodeRecord::registered)
          .forEach(node -> others.put(node.name(), node.raft()));
    } else {
      if (self.phase() != FormationPhase.PREPARED) {
        plan.nodes().forEach(node -> others.put(node.name(), node.raft()));
      }
      self.formation()
          .ifPresent(
              formation ->
                  formation.members().forEach(node -> others.put(node.name(), node.raft())));
    }
    others.remove(self.name());
    return others;
  }

  private Optional<ClusterMap> newestMap(NodeIdentity self) {
    return answers.values().stream()
        .filter(answer -> answer.identity().formed())
        .flatMap(answer -> answer.map().stream())
        .filter(map -> self.clusterId().map(map.clusterId()::equals).orElse(true))
        .max(Comparator.comparingLong(ClusterMap::epoch));
  }

  private void ask(String name, NodeAddress address) {
    if (!outstanding.add(name)) {
      return;
    }
    Bytes request = HelloCodec.encode(new HelloRequest(identities.current(), plan));
    transport
        .call(address, PeerMessageKind.HELLO, request, POLL_TIMEOUT)
        .thenApply(HelloCodec::decodeAnswer)
        .whenComplete(
            (answer, failure) -> {
              if (failure == null) {
                answers.put(name, answer);
              } else {
                answers.remove(name);
                undecodable(name, failure);
              }
              outstanding.remove(name);
            });
  }

  private static void undecodable(String name, Throwable failure) {
    if (failure.getCause() instanceof MalformedBytesException) {
      LOG.warn("node '{}' gave an answer of another format: {}", name, failure.getMessage());
    }
  }

  private void logWaiting(String reason) {
    long now = nanoClock.getAsLong();
    if (lastLogNanos.isEmpty() || now - lastLogNanos.get() >= LOG_EVERY.toNanos()) {
      lastLogNanos = Optional.of(now);
      LOG.info("node '{}' waits for {}", identities.current().name(), reason);
    }
  }

  /** Carries one step out. */
  private final class Steps implements JoinStep.Handler<Boolean> {
    @Override
    public Boolean waitFor(JoinStep.Wait step) {
      logWaiting(step.reason());
      return true;
    }

    @Override
    public Boolean prepare(JoinStep.Prepare step) {
      identities.save(identities.current().prepared(step.formation()));
      return true;
    }

    @Override
    public Boolean abandon(JoinStep.Abandon step) {
      NodeIdentity self = identities.current();
      LOG.warn("node '{}' gives up an undecided formation: {}", self.name(), step.reason());
      // A new incarnation, because this one has promised itself to the old formation for good.
      identities.save(NodeIdentity.fresh(self.name(), identities.newIncarnation(), self.starts()));
      answers.clear();
      return true;
    }

    @Override
    public Boolean register(JoinStep.Register step) {
      NodeIdentity self = identities.current();
      if (!self.equals(self.joining(step.formation()))) {
        identities.save(self.joining(step.formation()));
      }
      if (registration.isEmpty()) {
        logWaiting("the meta group to register its new incarnation");
        registration =
            Optional.of(
                commands.attempt(
                    step.formation().clusterId(),
                    // This start is counted by RecordStart, as every other.
                    new ClusterCommand.RegisterIncarnation(
                        self.name(), self.incarnation(), self.starts() - 1),
                    Optional.empty()));
      } else if (registration.get().isDone()) {
        ClusterCommandReply reply = registration.get().join();
        registration = Optional.empty();
        registered(step.formation(), reply);
      }
      return true;
    }

    @Override
    public Boolean enter(JoinStep.Enter step) {
      become(step.formation(), step.index(), step.map());
      return true;
    }

    @Override
    public Boolean refuse(JoinStep.Refuse step) {
      return outcome.complete(step.outcome());
    }

    private void registered(Formation formation, ClusterCommandReply reply) {
      if (!(reply instanceof ClusterCommandReply.Decided decided)) {
        return;
      }
      NodeIdentity self = identities.current();
      ClusterResult result = decided.result();
      if (result instanceof ClusterResult.Registered registered) {
        become(formation, registered.index(), decided.map());
      } else if (result instanceof ClusterResult.Superseded superseded) {
        JoinRefusals.superseded(self, superseded.current()).dispatch(this);
      } else if (result instanceof ClusterResult.UnknownNode) {
        JoinRefusals.unknown(self, formation.clusterId(), plan.node(self.name()).orElseThrow())
            .dispatch(this);
      }
      // Anything else (no map yet): ask again.
    }

    private void become(Formation formation, int index, Optional<ClusterMap> map) {
      NodeIdentity member = identities.current().formed(formation, index);
      if (!member.equals(identities.current())) {
        identities.save(member);
      }
      outcome.complete(new JoinOutcome.Joined(member, map));
    }
  }
}
