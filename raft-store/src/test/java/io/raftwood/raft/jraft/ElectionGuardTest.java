package io.raftwood.raft.jraft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.alipay.sofa.jraft.rpc.RpcRequests.RequestVoteRequest;
import io.raftwood.bytes.Bytes;
import io.raftwood.bytes.MalformedBytesException;
import io.raftwood.raft.LeaderLease;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ElectionGuardTest {
  private static final String GROUP = "data-0-0123456789abcdef";
  private static final String SELF = "127.0.0.1:7401";
  private static final String CANDIDATE = "127.0.0.1:7402";
  private static final String OTHER = "127.0.0.1:7403";
  private static final String KEY = ElectionGuard.key(GROUP, SELF);
  private static final long ELECTION = 1_000;

  private final AtomicLong clock = new AtomicLong(-500);
  private final LeaderLease lease = new LeaderLease(clock::get, ELECTION);
  private final ElectionGuard guard = new ElectionGuard(clock::get);

  @Test
  void aFreshReplicaAdmitsVotesAtOnce() {
    guard.register(KEY, lease, ELECTION, false);
    assertThat(guard.admits(vote(1, CANDIDATE))).isTrue();
    assertThat(guard.admits(preVote(1, CANDIDATE))).isTrue();
  }

  @Test
  void aReplicaWithAPastRefusesForOneElectionTimeoutFromItsStart() {
    guard.register(KEY, lease, ELECTION, true);
    clock.addAndGet(ELECTION - 1);
    assertThat(guard.admits(vote(9, CANDIDATE))).isFalse();
    assertThat(guard.admits(preVote(9, CANDIDATE))).isFalse();
    clock.addAndGet(1);
    assertThat(guard.admits(vote(9, CANDIDATE))).isTrue();
  }

  @Test
  void everyAppendOfALiveLeaderRefusesVotesForOneElectionTimeout() {
    guard.register(KEY, lease, ELECTION, false);
    guard.leaderSeen(GROUP, SELF, 3);
    clock.addAndGet(600);
    guard.leaderSeen(GROUP, SELF, 3);
    clock.addAndGet(ELECTION - 1);
    assertThat(guard.admits(preVote(4, CANDIDATE))).isFalse();
    assertThat(guard.admits(vote(4, CANDIDATE))).isFalse();
    clock.addAndGet(1);
    assertThat(guard.admits(vote(4, CANDIDATE))).isTrue();
  }

  @Test
  void anAppendOfAnOlderTermEarnsNothing() {
    guard.register(KEY, lease, ELECTION, false);
    guard.leaderSeen(GROUP, SELF, 5);
    clock.addAndGet(ELECTION);
    guard.leaderSeen(GROUP, SELF, 4);
    assertThat(guard.admits(vote(6, CANDIDATE))).isTrue();
  }

  @Test
  void anAppendToAnotherReplicaOfTheNodeCountsForThatOneOnly() {
    guard.register(KEY, lease, ELECTION, false);
    guard.leaderSeen("data-1-0123456789abcdef", SELF, 3);
    guard.leaderSeen(GROUP, OTHER, 3);
    assertThat(guard.admits(vote(4, CANDIDATE))).isTrue();
  }

  @Test
  void anAnnouncedTransferAdmitsItsTargetInTheNextTermOnly() {
    guard.register(KEY, lease, ELECTION, false);
    guard.leaderSeen(GROUP, SELF, 3);
    guard.transferAnnounced(KEY, 3, CANDIDATE);
    assertThat(guard.admits(vote(4, OTHER))).isFalse();
    assertThat(guard.admits(vote(5, CANDIDATE))).isFalse();
    assertThat(guard.admits(vote(3, CANDIDATE))).isFalse();
    assertThat(guard.admits(vote(4, CANDIDATE))).isTrue();
  }

  @Test
  void aRealVoteDropsTheLeaseOfTheEarlierTermsFirst() {
    guard.register(KEY, lease, ELECTION, false);
    lease.granted(3, clock.get());
    assertThat(guard.admits(vote(4, CANDIDATE))).isTrue();
    assertThat(lease.holds(3)).isFalse();
    lease.granted(3, clock.get());
    assertThat(lease.holds(3)).as("for the rest of the term").isFalse();
    lease.granted(4, clock.get());
    assertThat(lease.holds(4)).isTrue();
  }

  @Test
  void preVotesRefusedVotesAndVotesOfThisTermLeaveTheLeaseAlone() {
    guard.register(KEY, lease, ELECTION, false);
    lease.granted(3, clock.get());
    assertThat(guard.admits(preVote(4, CANDIDATE))).isTrue();
    assertThat(guard.admits(vote(3, CANDIDATE))).isTrue();
    assertThat(lease.holds(3)).isTrue();
    guard.leaderSeen(GROUP, SELF, 3);
    assertThat(guard.admits(vote(4, CANDIDATE))).isFalse();
    assertThat(lease.holds(3)).isTrue();
  }

  @Test
  void whatIsNotRegisteredIsLeftToJRaft() {
    assertThat(guard.admits(vote(1, CANDIDATE))).isTrue();
    guard.leaderSeen(GROUP, SELF, 1);
    guard.transferAnnounced(KEY, 1, CANDIDATE);
    guard.register(KEY, lease, ELECTION, true);
    assertThat(guard.admits(vote(1, CANDIDATE))).isFalse();
    guard.unregister(KEY);
    assertThat(guard.admits(vote(1, CANDIDATE))).isTrue();
  }

  @Test
  void theAnnouncementTravelsAsAMessage() {
    guard.register(KEY, lease, ELECTION, true);
    Bytes message = TransferAnnouncement.encode(KEY, 7, CANDIDATE);
    assertThat(TransferAnnouncement.service(guard).serve(message))
        .isCompletedWithValue(Bytes.EMPTY);
    assertThat(guard.admits(vote(8, CANDIDATE))).isTrue();
    assertThat(guard.admits(vote(8, OTHER))).isFalse();
  }

  @Test
  void anAnnouncementThatCannotBeReadChangesNothing() {
    guard.register(KEY, lease, ELECTION, true);
    Bytes message = TransferAnnouncement.encode(KEY, 7, CANDIDATE);
    for (int length = 0; length < message.length(); length++) {
      Bytes cut = message.slice(0, length);
      assertThatThrownBy(() -> TransferAnnouncement.service(guard).serve(cut))
          .isInstanceOf(MalformedBytesException.class);
    }
    Bytes otherFormat = Bytes.of(2).concat(message.slice(1));
    assertThatThrownBy(() -> TransferAnnouncement.service(guard).serve(otherFormat))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(guard.admits(vote(8, CANDIDATE))).isFalse();
  }

  private static RequestVoteRequest vote(long term, String candidate) {
    return request(term, candidate, false);
  }

  private static RequestVoteRequest preVote(long term, String candidate) {
    return request(term, candidate, true);
  }

  private static RequestVoteRequest request(long term, String candidate, boolean preVote) {
    return RequestVoteRequest.newBuilder()
        .setGroupId(GROUP)
        .setPeerId(SELF)
        .setServerId(candidate)
        .setTerm(term)
        .setLastLogIndex(1)
        .setLastLogTerm(1)
        .setPreVote(preVote)
        .build();
  }
}
