package io.raftwood.cluster;

import io.raftwood.bytes.ByteReader;
import io.raftwood.bytes.ByteWriter;
import io.raftwood.bytes.Bytes;
import io.raftwood.bytes.MalformedBytesException;
import io.raftwood.peer.NodeAddress;
import io.raftwood.storage.Keyspace;
import io.raftwood.storage.StorageBatch;
import io.raftwood.storage.StorageException;
import io.raftwood.storage.StorageView;
import java.util.List;
import java.util.Optional;

/**
 * The rows of {@link Keyspace#CLUSTER}: one with the map, one for every retired incarnation, one
 * with the users, one with the ids of the slot table, and two for every node that is gone. Apply
 * thread only.
 */
final class ClusterState {
  private static final Bytes MAP_KEY = Bytes.of(Keyspace.CLUSTER.tag(), 0);
  private static final int RETIRED = 1;
  private static final Bytes USERS_KEY = Bytes.of(Keyspace.CLUSTER.tag(), 2);
  private static final Bytes TABLE_IDS_KEY = Bytes.of(Keyspace.CLUSTER.tag(), 3);
  private static final int NEXT_INDEX = 4;

  private final StorageBatch batch;

  ClusterState(StorageBatch batch) {
    this.batch = batch;
  }

  /** The encoded map; empty bytes before the cluster is formed. */
  static Bytes encodedMap(StorageView view) {
    return view.get(MAP_KEY).orElse(Bytes.EMPTY);
  }

  Optional<ClusterMap> map() {
    try {
      return batch.get(MAP_KEY).map(ClusterMapCodec::decode);
    } catch (MalformedBytesException e) {
      throw new StorageException("the cluster map's row cannot be decoded", e);
    }
  }

  void store(ClusterMap map) {
    batch.put(MAP_KEY, ClusterMapCodec.encode(map));
  }

  /** Stores {@code map} with its epoch raised by one. */
  ClusterMap storeChanged(ClusterMap map, List<NodeRecord> nodes, List<GroupRecord> groups) {
    ClusterMap changed =
        new ClusterMap(map.clusterId(), map.epoch() + 1, nodes, groups, map.cache());
    store(changed);
    return changed;
  }

  /** Stores {@code map} with another cache, its groups, and its epoch raised by one. */
  ClusterMap storeChanged(ClusterMap map, List<GroupRecord> groups, CacheRoster cache) {
    ClusterMap changed =
        new ClusterMap(map.clusterId(), map.epoch() + 1, map.nodes(), groups, cache);
    store(changed);
    return changed;
  }

  /** The encoded users; empty bytes before there was one. */
  static Bytes encodedUsers(StorageView view) {
    return view.get(USERS_KEY).orElse(Bytes.EMPTY);
  }

  Users users() {
    try {
      return Users.decode(batch.get(USERS_KEY).orElse(Bytes.EMPTY));
    } catch (MalformedBytesException e) {
      throw new StorageException("the users' row cannot be decoded", e);
    }
  }

  void store(Users users) {
    batch.put(USERS_KEY, users.encode());
  }

  TableIds tableIds() {
    try {
      return TableIds.decode(batch.get(TABLE_IDS_KEY));
    } catch (MalformedBytesException e) {
      throw new StorageException("the table ids' row cannot be decoded", e);
    }
  }

  void store(TableIds ids) {
    batch.put(TABLE_IDS_KEY, ids.encode());
  }

  boolean retired(String incarnation) {
    return batch.get(retiredKey(incarnation)).isPresent();
  }

  /** Remembers that {@code node} and its memory are gone for good, and which indexes were used. */
  void bury(NodeRecord node, Optional<CacheMember> memory) {
    if (node.registered()) {
      retire(node.incarnation(), node.name());
    }
    memory.ifPresent(member -> retire(member.incarnation(), node.name()));
    int memories = memory.map(member -> member.index() + 1).orElse(0);
    int lives = node.registered() ? node.index() + 1 : node.index();
    storeNextIndex(node.name(), node.raft(), Math.max(lives, memories));
  }

  /** Remembers that {@code incarnation}, once of the node {@code name}, is gone for good. */
  void retire(String incarnation, String name) {
    batch.put(retiredKey(incarnation), Bytes.utf8(name));
  }

  /**
   * The index of the first incarnation, and memory, of a node called {@code name} at {@code raft}:
   * above all that a node of that name, or at that address, has had.
   */
  int nextIndex(String name, NodeAddress raft) {
    return Math.max(nextIndex(name), nextIndex(raft.toString()));
  }

  private int nextIndex(String key) {
    return batch
        .get(nextIndexKey(key))
        .map(row -> new ByteReader(row).count(Integer.MAX_VALUE))
        .orElse(0);
  }

  /** Remembers that the indexes below {@code next} were used by that name and at that address. */
  void storeNextIndex(String name, NodeAddress raft, int next) {
    for (String key : List.of(name, raft.toString())) {
      batch.put(nextIndexKey(key), new ByteWriter(5).varint(next).toBytes());
    }
  }

  private static Bytes nextIndexKey(String key) {
    return new ByteWriter().u8(Keyspace.CLUSTER.tag()).u8(NEXT_INDEX).text(key).toBytes();
  }

  private static Bytes retiredKey(String incarnation) {
    ByteWriter key = new ByteWriter().u8(Keyspace.CLUSTER.tag()).u8(RETIRED);
    ClusterFields.writeId(key, incarnation);
    return key.toBytes();
  }
}
