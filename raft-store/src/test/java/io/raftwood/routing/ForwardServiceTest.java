package io.raftwood.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.raftwood.bytes.Bytes;
import io.raftwood.bytes.MalformedBytesException;
import io.raftwood.raft.Command;
import io.raftwood.raft.GroupUnavailableException;
import io.raftwood.raft.NotLeaderException;
import io.raftwood.raft.OutcomeUnknownException;
import io.raftwood.raft.OverloadedException;
import io.raftwood.raft.Query;
import io.raftwood.raft.ReadConsistency;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;

class ForwardServiceTest {
  private static final Command COMMAND = new Command(1, Optional.of(Bytes.of(1)), Bytes.of(2));

  private static final Query LONG = new Query(1, Bytes.utf8("long"));

  private final FakeGroup replica = new FakeGroup();
  private Executor apart = Runnable::run;
  private final ForwardService service =
      new ForwardService(
          group -> group.equals(FakeGroup.NAME) ? Optional.of(replica) : Optional.empty(),
          query -> query.equals(LONG),
          task -> apart.execute(task));

  @Test
  void proposesTheCommandWithTheTimeThatIsLeft() {
    ForwardReply.Result result = serve(write(FakeGroup.NAME));
    assertThat(result)
        .isEqualTo(new ForwardReply.Result(FakeGroup.RESULT, 7, ReadConsistency.LINEARIZABLE));
    assertThat(replica.proposed).containsExactly(COMMAND);
    assertThat(replica.deadlines.get(0).remainingMillis()).isBetween(1L, 60_000L);
  }

  @Test
  void answersQueriesWithTheConsistencyThatTheyWereReallyReadWith() {
    assertThat(serve(read(ReadConsistency.LOCAL)).consistency()).isEqualTo(ReadConsistency.LOCAL);
    assertThat(replica.queries).containsExactly(ReadConsistency.LOCAL);
  }

  @Test
  void aGroupThatIsNotHereIsNotLedHere() {
    assertThat(catchThrowable(() -> serve(write("data-9"))))
        .isInstanceOfSatisfying(NotLeaderException.class, e -> assertThat(e.leader()).isEmpty());
  }

  @Test
  void failuresTravelAsWhatTheyAre() {
    replica.failsToPropose(1, new NotLeaderException(FakeGroup.NAME, Optional.of("node3")));
    assertThat(catchThrowable(() -> serve(write(FakeGroup.NAME))))
        .isInstanceOfSatisfying(
            NotLeaderException.class, e -> assertThat(e.leader()).contains("node3"));
    replica.onQuery =
        level -> CompletableFuture.failedFuture(new GroupUnavailableException("no quorum"));
    assertThatThrownBy(() -> serve(read(ReadConsistency.LINEARIZABLE)))
        .isInstanceOf(GroupUnavailableException.class)
        .hasMessage("no quorum");
  }

  @Test
  void anythingElseThatGoesWrongLeavesTheOutcomeUnknown() {
    replica.onPropose = attempt -> CompletableFuture.failedFuture(new IllegalStateException("x"));
    assertThatThrownBy(() -> serve(write(FakeGroup.NAME)))
        .isInstanceOf(OutcomeUnknownException.class);
  }

  @Test
  void aRequestThatCannotBeReadIsRefused() {
    assertThatThrownBy(() -> service.serve(Bytes.of(1, 2, 3)))
        .isInstanceOf(MalformedBytesException.class);
    assertThat(replica.proposed).isEmpty();
  }

  @Test
  void aLongQueryRunsOnTheExecutorForSuchAlsoOnceItHasWaited() {
    List<Runnable> tasks = new ArrayList<>();
    apart = tasks::add;
    CompletableFuture<Bytes> reply = service.serve(longRead(60_000).encode());
    assertThat(replica.queries).isEmpty();
    tasks.remove(0).run();
    assertThat(replica.queries).containsExactly(ReadConsistency.LINEARIZABLE);
    replica.executors.get(0).execute(() -> {});
    assertThat(tasks).hasSize(1);
    assertThat(ForwardReply.decode(FakeGroup.NAME, reply.join()).result())
        .isEqualTo(FakeGroup.RESULT);
  }

  @Test
  void aLongQueryIsRefusedWhenTooManyWait() {
    apart =
        task -> {
          throw new OverloadedException("too many long queries");
        };
    assertThatThrownBy(() -> serve(longRead(60_000))).isInstanceOf(OverloadedException.class);
    assertThat(serve(read(ReadConsistency.LOCAL)).result()).isEqualTo(FakeGroup.RESULT);
  }

  @Test
  void aLongQueryThatNobodyWaitsForAnyMoreIsNotAnswered() {
    assertThatThrownBy(() -> serve(longRead(0))).isInstanceOf(GroupUnavailableException.class);
    assertThat(replica.queries).isEmpty();
  }

  private static ForwardRequest longRead(long timeLeftMillis) {
    return new ForwardRequest.Read(
        FakeGroup.NAME, timeLeftMillis, ReadConsistency.LINEARIZABLE, LONG);
  }

  private ForwardReply.Result serve(ForwardRequest request) {
    return ForwardReply.decode(request.group(), service.serve(request.encode()).join());
  }

  private static ForwardRequest write(String group) {
    return new ForwardRequest.Write(group, 60_000, COMMAND);
  }

  private static ForwardRequest read(ReadConsistency consistency) {
    return new ForwardRequest.Read(FakeGroup.NAME, 60_000, consistency, new Query(1, Bytes.EMPTY));
  }
}
