package io.raftwood.membership;

import static org.assertj.core.api.Assertions.assertThat;

import io.raftwood.admin.NodeFigures;
import io.raftwood.cluster.ClusterMap;
import io.raftwood.cluster.GroupRecord;
import io.raftwood.fixtures.Formations;
import io.raftwood.raft.Room;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** As n1 sees it, which votes in data-0 with n2 and n3, and in data-2 with n2 to n5. */
class GroupRoomsTest {
  private static final String CLUSTER = "c".repeat(32);

  private final ClusterDirectory directory = new ClusterDirectory();
  private long nanos = 1_000_000_000_000L;
  private final StatusBoard board = new StatusBoard(() -> nanos);
  private final GroupRooms rooms = new GroupRooms("n1", directory, board);

  @BeforeEach
  void begin() {
    directory.offer(
        new ClusterMap(
            CLUSTER,
            1,
            IntStream.rangeClosed(1, 5).mapToObj(Formations::node).toList(),
            List.of(
                new GroupRecord("data-0", 0, 300, List.of("n1", "n2", "n3"), List.of()),
                new GroupRecord("data-1", 300, 600, List.of("n2", "n3", "n4"), List.of()),
                new GroupRecord(
                    "data-2", 600, 1024, List.of("n5", "n4", "n3", "n2", "n1"), List.of()))));
  }

  @ParameterizedTest
  @CsvSource({
    // One follower without room is one that may fail: the others are a quorum.
    "AMPLE, AMPLE, AMPLE, AMPLE",
    "AMPLE, FULL, AMPLE, AMPLE",
    "SHORT, AMPLE, EXHAUSTED, SHORT",
    // Two are too many.
    "AMPLE, FULL, FULL, FULL",
    "AMPLE, FULL, EXHAUSTED, FULL",
    "AMPLE, SHORT, FULL, SHORT",
    "SHORT, EXHAUSTED, EXHAUSTED, EXHAUSTED",
    // The leader's own room counts in any case.
    "FULL, AMPLE, AMPLE, FULL",
    "EXHAUSTED, AMPLE, FULL, EXHAUSTED"
  })
  void aGroupHasTheRoomOfItsLeaderAndOfAQuorum(Room own, Room second, Room third, Room group) {
    report(2, second);
    report(3, third);
    rooms.look(own);
    assertThat(rooms.of("data-0")).isEqualTo(group);
  }

  @Test
  void ofFiveVotersTwoMayBeWithoutRoom() {
    for (int node = 2; node <= 5; node++) {
      report(node, node <= 3 ? Room.FULL : Room.AMPLE);
    }
    rooms.look(Room.AMPLE);
    assertThat(rooms.of("data-2")).isEqualTo(Room.AMPLE);
    report(4, Room.FULL);
    rooms.look(Room.AMPLE);
    assertThat(rooms.of("data-2")).isEqualTo(Room.FULL);
  }

  @Test
  void withASilentVoterTheOthersAreTheQuorum() {
    report(2, Room.FULL);
    rooms.look(Room.AMPLE);
    assertThat(rooms.of("data-0")).isEqualTo(Room.FULL);
    report(3, Room.AMPLE);
    rooms.look(Room.AMPLE);
    assertThat(rooms.of("data-0")).isEqualTo(Room.AMPLE);
    nanos += 4_000_000_000L;
    report(2, Room.FULL);
    rooms.look(Room.AMPLE);
    assertThat(rooms.of("data-0")).isEqualTo(Room.FULL);
  }

  @Test
  void silenceAloneIsNoWantOfRoom() {
    rooms.look(Room.AMPLE);
    assertThat(rooms.of("data-0")).isEqualTo(Room.AMPLE);
    report(2, Room.FULL);
    report(3, Room.FULL);
    rooms.look(Room.AMPLE);
    assertThat(rooms.of("data-0")).isEqualTo(Room.FULL);
    nanos += 4_000_000_000L;
    rooms.look(Room.AMPLE);
    assertThat(rooms.of("data-0")).isEqualTo(Room.AMPLE);
  }

  @Test
  void whatThisNodeDoesNotVoteInIsNotItsBusiness() {
    rooms.look(Room.EXHAUSTED);
    assertThat(rooms.of("data-0")).isEqualTo(Room.EXHAUSTED);
    assertThat(rooms.of("data-1")).isEqualTo(Room.AMPLE);
    assertThat(rooms.of("strange")).isEqualTo(Room.AMPLE);
  }

  private void report(int node, Room room) {
    board.accept(
        new NodeReport(
            CLUSTER,
            "n" + node,
            Formations.incarnation(node),
            1,
            List.of(),
            new NodeFigures("", 1, 2, room)));
  }
}
