package io.raftwood.server.http;

import io.raftwood.backup.Backups;
import io.raftwood.kv.CompareStore;
import io.raftwood.kv.KvGroups;
import io.raftwood.kv.KvStore;
import io.raftwood.raft.Bundle;
import io.raftwood.tree.TreeStore;
import java.util.function.Supplier;

/**
 * What the endpoints are served by.
 *
 * @param records keys, hashes, sets, sorted sets
 * @param compare the same, compared on two replicas
 * @param groups what concerns more than one slot
 * @param trees DT's trees
 * @param cache what is in memory only
 * @param backups what is read out of groups as a whole, and put into them
 * @param bundles makes what the commands of a batch travel with
 */
public record Stores(
    KvStore records,
    CompareStore compare,
    KvGroups groups,
    TreeStore trees,
    CacheService cache,
    Backups backups,
    Supplier<Bundle> bundles) {}
