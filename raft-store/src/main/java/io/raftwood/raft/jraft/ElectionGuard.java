package io.raftwood.raft.jraft;

import com.alipay.sofa.jraft.rpc.RpcRequests.RequestVoteRequest;
import io.raftwood.raft.LeaderLease;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Refuses votes that could make a leader while another's lease runs (design section 4): pre-votes
 * <em>and</em> votes within one election timeout of an append from a live leader, and within one
 * election timeout of the start of a replica that has a past it cannot remember. JRaft itself
 * refuses pre-votes only, and forgets after a restart. Thread-safe.
 */
final class ElectionGuard {
  private final LongSupplier nanoClock;
  private final Map<String, Member> members = new ConcurrentHashMap<>();

  ElectionGuard(LongSupplier nanoClock) {
    this.nanoClock = nanoClock;
  }

  /**
   * Begins to guard a replica.
   *
   * @param key group and peer id as they appear in requests, see {@link #key}
   * @param hasPast whether the replica may have answered a leader before this process started
   */
  void register(String key, LeaderLease lease, long electionTimeoutNanos, boolean hasPast) {
    long now = nanoClock.getAsLong();
    long quietUntil = hasPast ? now + electionTimeoutNanos : now;
    members.put(key, new Member(lease, electionTimeoutNanos, quietUntil));
  }

  void unregister(String key) {
    members.remove(key);
  }

  static String key(String groupId, String peerId) {
    return groupId + "/" + peerId;
  }

  /** A leader of {@code term} sent an append or heartbeat. Called before it is processed. */
  void leaderSeen(String groupId, String peerId, long term) {
    Member member = members.get(key(groupId, peerId));
    if (member != null) {
      member.leaderSeen(term, nanoClock.getAsLong());
    }
  }

  /**
   * The leader of {@code term} is about to hand over to {@code target} and has given up its lease:
   * votes for that target are in order.
   */
  void transferAnnounced(String key, long term, String target) {
    Member member = members.get(key);
    if (member != null) {
      member.announcement = new Announcement(term, target);
    }
  }

  /**
   * Whether the vote request may reach the node. If so, and it is a real vote, this replica's own
   * lease is given up first: the node may step down while processing it.
   */
  boolean admits(RequestVoteRequest request) {
    Member member = members.get(key(request.getGroupId(), request.getPeerId()));
    if (member == null) {
      return true;
    }
    boolean announced = member.announced(request.getTerm(), request.getServerId());
    if (!announced && nanoClock.getAsLong() - member.quietUntil < 0) {
      return false;
    }
    if (!request.getPreVote()) {
      member.lease.drop(request.getTerm() - 1);
    }
    return true;
  }

  /** A transfer that the leader of {@code term} announced. */
  private record Announcement(long term, String target) {}

  /** One guarded replica. */
  private static final class Member {
    final LeaderLease lease;
    final long electionTimeoutNanos;
    volatile long quietUntil;
    volatile long leaderTerm;
    volatile Announcement announcement = new Announcement(-1, "");

    Member(LeaderLease lease, long electionTimeoutNanos, long quietUntil) {
      this.lease = lease;
      this.electionTimeoutNanos = electionTimeoutNanos;
      this.quietUntil = quietUntil;
    }

    /** An append of an older term is from a leader already replaced: it earns no protection. */
    synchronized void leaderSeen(long term, long now) {
      if (term >= leaderTerm) {
        leaderTerm = term;
        quietUntil = Math.max(quietUntil, now + electionTimeoutNanos);
      }
    }

    boolean announced(long requestTerm, String candidate) {
      Announcement now = announcement;
      return requestTerm == now.term + 1 && candidate.equals(now.target);
    }
  }
}
