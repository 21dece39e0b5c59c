package io.raftwood.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.raftwood.bytes.Bytes;
import io.raftwood.bytes.MalformedBytesException;
import io.raftwood.fixtures.Formations;
import io.raftwood.peer.NodeAddress;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class ClusterCodecTest {
  private static final PasswordHash PASSWORD =
      new PasswordHash(1_000, Bytes.fromHex("0f".repeat(16)), Bytes.fromHex("f0".repeat(32)));

  private static final List<ClusterCommand> COMMANDS =
      List.of(
          new ClusterCommand.FormCluster(Formations.of(3, 8)),
          new ClusterCommand.RegisterIncarnation("n1", Formations.incarnation(7), 300),
          new ClusterCommand.RecordStart("n1", Formations.incarnation(7), Long.MAX_VALUE),
          new ClusterCommand.ChangePlacement(
              List.of(
                  new NodeMark("n3", NodeStanding.DRAINING),
                  new NodeMark("n4", NodeStanding.ACTIVE)),
              List.of(new GroupPreference("data-0", List.of("n1", "n2"))),
              12),
          new ClusterCommand.PutUser(
              ClusterCommand.UserRule.FIRST, "al", Set.of(Role.READ, Role.ADMIN), PASSWORD),
          new ClusterCommand.RemoveUser("al"),
          new ClusterCommand.IssueTableId(9_999_999_999_999_999L),
          new ClusterCommand.RedeemTableId(
              7, List.of(new GroupPreference("data-0", List.of("n2", "n1"))), 12),
          new ClusterCommand.AddNode(
              "n4", new NodeAddress("10.0.0.4", 8082), new NodeAddress("10.0.0.4", 8182)),
          new ClusterCommand.RemoveNode("n4"),
          new ClusterCommand.ForgetNode("n4"),
          new ClusterCommand.RecoverCluster(
              Formations.of(2, 3), List.of(new GroupPreference("data-0", List.of("n2")))),
          new ClusterCommand.RegisterCache(
              "n1", Formations.incarnation(7), Formations.incarnation(8)),
          new ClusterCommand.BeginCacheEpoch("cache-0-e1", true),
          new ClusterCommand.SeatCacheVoters(
              "cache-0", List.of(new CacheSeat("n1", 0), new CacheSeat("n2", 300)), true));

  private static final List<ClusterResult> RESULTS =
      List.of(
          new ClusterResult.Accepted(5, true),
          new ClusterResult.Registered(3, 9),
          new ClusterResult.NotFormed(),
          new ClusterResult.OtherCluster(Formations.incarnation(5)),
          new ClusterResult.UnknownNode("x"),
          new ClusterResult.Superseded(Formations.incarnation(6)),
          new ClusterResult.RolledBack(4),
          new ClusterResult.EpochMismatch(17),
          new ClusterResult.InvalidPlacement("no"),
          new ClusterResult.UserRefused(ClusterResult.UserRefusal.LAST_ADMIN),
          new ClusterResult.TableIdRefused(ClusterResult.TableIdRefusal.UNKNOWN));

  @Test
  void commandsComeBackAsTheyWere() {
    COMMANDS.forEach(
        command ->
            check(
                ClusterCommandCodec.encode(command),
                command,
                ClusterCommandCodec::decode,
                ClusterCommandCodec::encode));
  }

  @Test
  void resultsComeBackAsTheyWere() {
    RESULTS.forEach(
        result ->
            check(
                ClusterResultCodec.encode(result),
                result,
                ClusterResultCodec::decode,
                ClusterResultCodec::encode));
  }

  @Test
  void mapsComeBackAsTheyWere() {
    ClusterMap initial = InitialPlacement.of(Formations.of(7, 4));
    List<CacheSeat> seats = List.of(new CacheSeat("n1", 3), new CacheSeat("n3", 0));
    ClusterMap map =
        new ClusterMap(
            initial.clusterId(),
            17,
            initial.nodes(),
            initial.groups(),
            new CacheRoster(
                List.of(new CacheMember("n1", Formations.incarnation(9), 3)),
                List.of(new CacheGroup("cache-0", 2, seats, seats, seats.subList(1, 2)))));
    check(ClusterMapCodec.encode(map), map, ClusterMapCodec::decode, ClusterMapCodec::encode);
  }

  @Test
  void usersAndTableIdsComeBackAsTheyWere() {
    Users users =
        new Users(
            300,
            List.of(
                new UserRecord("al", Set.of(Role.WRITE), PASSWORD, 5),
                new UserRecord("b@c", Set.of(Role.values()), PASSWORD, 300)));
    check(users.encode(), users, ClusterCodecTest::decodeUsers, Users::encode);
    assertThat(users.encode().toHex())
        .isEqualTo(
            "01ac0202"
                + "02616c02e807"
                + "0f".repeat(16)
                + "f0".repeat(32)
                + "05"
                + "0362406307e807"
                + "0f".repeat(16)
                + "f0".repeat(32)
                + "ac02");
    TableIds ids = new TableIds(List.of(new TableIds.Issued(7, 300), new TableIds.Issued(8, 301)));
    check(ids.encode(), ids, bytes -> TableIds.decode(Optional.of(bytes)), TableIds::encode);
    assertThat(ids.encode().toHex()).isEqualTo("010207ac0208ad02");
  }

  @Test
  void whatHoldsAPasswordDoesNotShowIt() {
    assertThat(COMMANDS.get(4).toString()).contains("PasswordHash[...]").doesNotContain("f0f0");
  }

  @Test
  void bytesOfCommandsNeverChange() {
    assertThat(
            COMMANDS.subList(1, COMMANDS.size()).stream()
                .map(ClusterCommandCodec::encode)
                .map(Bytes::toHex))
        .containsExactly(
            "0102026e3100000000000000000000000000000007ac02",
            "0103026e3100000000000000000000000000000007ffffffffffffffff7f",
            "010402026e3301026e3400" + "01" + "06646174612d30" + "02026e31026e32" + "0c",
            "011401" + "02616c" + "05" + "e807" + "0f".repeat(16) + "f0".repeat(32),
            "011502616c",
            "0116ffff83fea6dee111",
            "01170701" + "06646174612d30" + "02026e32026e31" + "0c",
            "0118026e34" + "0831302e302e302e34" + "1f92" + "0831302e302e302e34" + "1ff6",
            "0119026e34",
            "011a026e34",
            "011b"
                + "03"
                + ("02026e31" + "093132372e302e302e31" + "1f91" + "093132372e302e302e31" + "2379")
                + ("00".repeat(15) + "01")
                + ("026e32" + "093132372e302e302e31" + "1f92" + "093132372e302e302e31" + "237a")
                + ("00".repeat(15) + "02")
                + ("01" + "06646174612d30" + "01" + "026e32"),
            "0128026e310000000000000000000000000000000700000000000000000000000000000008",
            "01290a63616368652d302d653101",
            "012a0763616368652d3002026e3100026e32ac0201");
    assertThat(
            ClusterCommandCodec.encode(new ClusterCommand.FormCluster(Formations.of(1, 2))).toHex())
        .isEqualTo(
            "0101"
                + "02"
                + "01"
                + "026e31"
                + "093132372e302e302e31"
                + "1f91"
                + "093132372e302e302e31"
                + "2379"
                + "00000000000000000000000000000001");
  }

  @Test
  void bytesOfResultsNeverChange() {
    assertThat(RESULTS.stream().map(ClusterResultCodec::encode).map(Bytes::toHex))
        .containsExactly(
            "01010501",
            "01020309",
            "0103",
            "010400000000000000000000000000000005",
            "01050178",
            "010600000000000000000000000000000006",
            "010704",
            "010811",
            "0109026e6f",
            "011404",
            "011502");
  }

  @Test
  void bytesOfAMapNeverChange() {
    ClusterMap map = InitialPlacement.of(Formations.of(1, 1));
    String address = "093132372e302e302e31";
    assertThat(ClusterMapCodec.encode(map).toHex())
        .isEqualTo(
            "01"
                + map.clusterId()
                + "01"
                + "01"
                + "026e31"
                + address
                + "1f91"
                + address
                + "2379"
                + "00000000000000000000000000000001"
                + "00"
                + "00"
                + "00"
                + "03"
                + "046d657461"
                + "0000"
                + "0000"
                + "01"
                + "026e31"
                + "00"
                + "06646174612d30"
                + "0000"
                + "0400"
                + "01"
                + "026e31"
                + "00"
                + "0763616368652d30"
                + "0000"
                + "0000"
                + "01"
                + "026e31"
                + "00"
                + "00"
                + "01"
                + "0763616368652d30"
                + "00"
                + "00"
                + "00"
                + "00");
  }

  @Test
  void clusterIdNeverChanges() {
    assertThat(Formations.of(3, 2).clusterId()).isEqualTo("031c782232c2858e5a7cc13718222bd6");
  }

  /** No bytes at all are no users. */
  private static Users decodeUsers(Bytes bytes) {
    if (bytes.isEmpty()) {
      assertThat(Users.decode(bytes)).isEqualTo(Users.NONE);
      throw new MalformedBytesException("empty");
    }
    return Users.decode(bytes);
  }

  private static <T> void check(
      Bytes encoded, T value, Function<Bytes, T> decode, Function<T, Bytes> encode) {
    assertThat(decode.apply(encoded)).isEqualTo(value);
    for (int length = 0; length < encoded.length(); length++) {
      Bytes cut = encoded.slice(0, length);
      assertThatThrownBy(() -> decode.apply(cut)).isInstanceOf(MalformedBytesException.class);
    }
    assertThatThrownBy(() -> decode.apply(encoded.concat(Bytes.of(0))))
        .isInstanceOf(MalformedBytesException.class);
    damagedBytesDecodeOrAreRefused(encoded, decode, encode);
  }

  private static <T> void damagedBytesDecodeOrAreRefused(
      Bytes encoded, Function<Bytes, T> decode, Function<T, Bytes> encode) {
    Random random = new Random(encoded.hashCode());
    for (int i = 0; i < 500; i++) {
      byte[] damaged = encoded.toArray();
      damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      try {
        assertThat(encode.apply(decode.apply(Bytes.wrap(damaged)))).isNotNull();
      } catch (MalformedBytesException e) {
        assertThat(e.getMessage()).isNotEmpty();
      }
    }
  }
}
