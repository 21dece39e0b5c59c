package io.raftwood.membership;

import io.raftwood.cluster.ClusterMap;
import io.raftwood.cluster.GroupRecord;
import io.raftwood.cluster.InitialPlacement;
import io.raftwood.cluster.NodeRecord;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * The newest cluster map that this process has seen, with indexes for look-up by slot and name.
 * Thread-safe; look-ups never block.
 */
public final class ClusterDirectory {
  private final List<Consumer<ClusterMap>> listeners = new CopyOnWriteArrayList<>();
  private volatile Index index = new Index(Optional.empty());

  /** The map; empty before one was offered. */
  public Optional<ClusterMap> map() {
    return index.map;
  }

  /** The map's epoch; 0 before one was offered. */
  public long epoch() {
    return index.map.map(ClusterMap::epoch).orElse(0L);
  }

  /** The group that owns {@code slot}, 0..1023. */
  public Optional<GroupRecord> groupOfSlot(int slot) {
    return Optional.ofNullable(index.bySlot[slot]);
  }

  /** The node called {@code name}. */
  public Optional<NodeRecord> node(String name) {
    return Optional.ofNullable(index.byName.get(name));
  }

  /**
   * Takes {@code map} over if it is newer than the present one and of the same cluster; tells the
   * listeners on the calling thread.
   *
   * @return whether it was taken over
   */
  public boolean offer(ClusterMap map) {
    synchronized (this) {
      Optional<ClusterMap> present = index.map;
      if (present.isPresent()
          && (present.get().epoch() >= map.epoch()
              || !present.get().clusterId().equals(map.clusterId()))) {
        return false;
      }
      index = new Index(Optional.of(map));
    }
    listeners.forEach(listener -> listener.accept(map));
    return true;
  }

  /**
   * Calls {@code listener} with every map taken over from now on; it must not block. Two maps taken
   * over at once may reach it in either order: compare epochs.
   */
  public void onChange(Consumer<ClusterMap> listener) {
    listeners.add(listener);
  }

  /** One map, ready for look-up. */
  private static final class Index {
    private final Optional<ClusterMap> map;
    private final GroupRecord[] bySlot = new GroupRecord[InitialPlacement.SLOTS];
    private final Map<String, NodeRecord> byName = new HashMap<>();

    Index(Optional<ClusterMap> map) {
      this.map = map;
      map.ifPresent(
          known -> {
            known.nodes().forEach(node -> byName.put(node.name(), node));
            known.groups().forEach(this::own);
          });
    }

    private void own(GroupRecord group) {
      for (int slot = group.firstSlot(); slot < group.endSlot(); slot++) {
        bySlot[slot] = group;
      }
    }
  }
}
