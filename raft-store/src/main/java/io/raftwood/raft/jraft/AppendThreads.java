package io.raftwood.raft.jraft;

import com.alipay.sofa.jraft.rpc.RpcRequests.AppendEntriesRequestHeader;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A thread for each replica that runs here, on which it takes appends: in order, and without one
 * replica's slow disk holding up another's. Thread-safe.
 */
final class AppendThreads {
  private final Map<String, ExecutorService> byReplica = new ConcurrentHashMap<>();

  /** Begins a thread for the replica {@code key}, see {@link ElectionGuard#key}. */
  void start(String key) {
    byReplica.computeIfAbsent(
        key,
        name ->
            Executors.newSingleThreadExecutor(
                task -> {
                  Thread thread = new Thread(task, "append-" + name);
                  thread.setDaemon(true);
                  return thread;
                }));
  }

  /** Ends the replica's thread once it has done what it was given. Does not block. */
  void stop(String key) {
    ExecutorService thread = byReplica.remove(key);
    if (thread != null) {
      thread.shutdown();
    }
  }

  /** Where a request with {@code header} is to be handled; {@code other} if not by a replica. */
  Executor select(Object header, Executor other) {
    AppendEntriesRequestHeader append = (AppendEntriesRequestHeader) header;
    Executor thread = byReplica.get(ElectionGuard.key(append.getGroupId(), append.getPeerId()));
    return thread == null ? other : thread;
  }
}
