package io.raftwood.membership;

import io.raftwood.cluster.CacheMember;
import io.raftwood.cluster.ClusterCommand;
import io.raftwood.cluster.ClusterMap;
import io.raftwood.cluster.ClusterResult;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Registers this node's memory with the meta group: before the map shows it, no replica of a cache
 * group may run on it. {@link #tick} about every 100 ms, on one thread.
 */
public final class CacheRegistrar {
  private static final Logger LOG = LoggerFactory.getLogger(CacheRegistrar.class);

  private final NodeIdentity self;
  private final Supplier<Optional<ClusterMap>> map;
  private final Supplier<String> memory;
  private final ClusterCommands commands;
  private final Runnable refused;
  private Optional<CompletableFuture<ClusterCommandReply>> attempt = Optional.empty();

  /**
   * Registers for {@code self}, a member.
   *
   * @param memory the present incarnation of the memory
   * @param refused is called when that incarnation was replaced already: the memory is an old copy
   *     and must be emptied
   */
  public CacheRegistrar(
      NodeIdentity self,
      Supplier<Optional<ClusterMap>> map,
      Supplier<String> memory,
      ClusterCommands commands,
      Runnable refused) {
    this.self = self;
    this.map = map;
    this.memory = memory;
    this.commands = commands;
    this.refused = refused;
  }

  /** Whether the map shows the present memory. */
  public boolean registered() {
    return map.get()
        .flatMap(known -> known.cache().member(self.name()))
        .map(CacheMember::incarnation)
        .equals(Optional.of(memory.get()));
  }

  /** Takes an answer in, or tries once more. */
  public void tick() {
    if (attempt.isPresent() && attempt.get().isDone()) {
      ClusterCommandReply reply = attempt.get().join();
      attempt = Optional.empty();
      take(reply);
    } else if (attempt.isEmpty() && !registered()) {
      attempt =
          Optional.of(
              commands.attempt(
                  self.clusterId().orElseThrow(),
                  new ClusterCommand.RegisterCache(self.name(), self.incarnation(), memory.get()),
                  Optional.empty()));
    }
  }

  private void take(ClusterCommandReply reply) {
    if (reply instanceof ClusterCommandReply.Decided decided
        && decided.result() instanceof ClusterResult.Superseded superseded
        && !superseded.current().equals(self.incarnation())) {
      LOG.warn("the cache's memory was replaced by {}: it is emptied", superseded.current());
      refused.run();
    }
  }
}
