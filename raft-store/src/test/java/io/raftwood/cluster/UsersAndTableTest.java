package io.raftwood.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.raftwood.bytes.Bytes;
import io.raftwood.cluster.ClusterCommand.FormCluster;
import io.raftwood.cluster.ClusterCommand.IssueTableId;
import io.raftwood.cluster.ClusterCommand.PutUser;
import io.raftwood.cluster.ClusterCommand.RedeemTableId;
import io.raftwood.cluster.ClusterCommand.RemoveUser;
import io.raftwood.cluster.ClusterCommand.UserRule;
import io.raftwood.cluster.ClusterResult.TableIdRefusal;
import io.raftwood.cluster.ClusterResult.UserRefusal;
import io.raftwood.fixtures.Formations;
import io.raftwood.fixtures.SortedMapView;
import io.raftwood.raft.ApplyContext;
import io.raftwood.raft.QueryContext;
import io.raftwood.storage.OverlayBatch;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the meta group's machine does with users and with the ids of the slot table. */
class UsersAndTableTest {
  private static final Set<Role> ALL = Set.of(Role.values());
  private static final Bytes SALT = Bytes.utf8("saltsaltsaltsalt");
  private static final PasswordHash ONE = hash("one");
  private static final PasswordHash TWO = hash("two");

  private final SortedMapView store = new SortedMapView();
  private final ClusterMachine machine = new ClusterMachine();
  private long revision;
  private long clock = 1_000_000;

  @BeforeEach
  void form() {
    apply(new FormCluster(Formations.of(3, 2)));
  }

  @Test
  void passwordsAreRightOrWrong() {
    assertThat(ONE.matches(Bytes.utf8("one"))).isTrue();
    assertThat(ONE.matches(Bytes.utf8("One"))).isFalse();
    assertThat(ONE.matches(Bytes.EMPTY)).isFalse();
    PasswordHash salted = PasswordHash.of(Bytes.utf8("one"), 1_000, Bytes.utf8("x".repeat(16)));
    assertThat(salted.hash()).isNotEqualTo(ONE.hash());
    PasswordHash bytes = PasswordHash.of(Bytes.of(0xff, 0xc3), 1_000, SALT);
    assertThat(bytes.matches(Bytes.of(0xff, 0xc3))).isTrue();
    assertThat(bytes.matches(Bytes.of(0xff, 0xc4))).isFalse();
    for (Bytes bad : List.of(Bytes.EMPTY, Bytes.wrap(new byte[257]))) {
      assertThatThrownBy(() -> PasswordHash.of(bad, 1_000, SALT))
          .hasMessageContaining("1..256 bytes");
    }
  }

  @Test
  void theDerivationIsThatOfRfc8018() {
    // PBKDF2-HMAC-SHA256 of "password" and the salt below, by Python's hashlib.
    PasswordHash known =
        new PasswordHash(
            4096,
            SALT,
            Bytes.fromHex("16e35b12b41f465ca64d069578d750059775ccad5df3ad53d6b204acb122d1ee"));
    assertThat(known.matches(Bytes.utf8("password"))).isTrue();
  }

  @Test
  void theFirstUserMustBeAnAdmin() {
    assertThat(users()).isEqualTo(Users.NONE);
    assertThat(put(UserRule.FIRST, "a", Set.of(Role.READ, Role.WRITE)))
        .isEqualTo(refused(UserRefusal.FIRST_NOT_ADMIN));
    assertThat(put(UserRule.ANY, "a", Set.of(Role.READ)))
        .isEqualTo(refused(UserRefusal.FIRST_NOT_ADMIN));
    assertThat(put(UserRule.FIRST, "a", ALL)).isEqualTo(accepted());
    assertThat(put(UserRule.FIRST, "b", ALL)).isEqualTo(refused(UserRefusal.NOT_FIRST));
    assertThat(users().list()).extracting(UserRecord::name).containsExactly("a");
  }

  @Test
  void usersAreWrittenAsTheRuleSays() {
    put(UserRule.FIRST, "b", ALL);
    assertThat(put(UserRule.NEW, "b", ALL)).isEqualTo(refused(UserRefusal.EXISTS));
    assertThat(put(UserRule.PASSWORD, "a", ALL)).isEqualTo(refused(UserRefusal.ABSENT));
    assertThat(put(UserRule.NEW, "a", Set.of(Role.READ))).isEqualTo(accepted());
    UserRecord before = users().find("a").orElseThrow();
    assertThat(apply(new PutUser(UserRule.PASSWORD, "a", ALL, TWO))).isEqualTo(accepted());
    UserRecord after = users().find("a").orElseThrow();
    assertThat(after.roles()).containsExactly(Role.READ);
    assertThat(after.password()).isEqualTo(TWO);
    assertThat(after.version()).isGreaterThan(before.version());
    assertThat(put(UserRule.ANY, "a", Set.of(Role.WRITE))).isEqualTo(accepted());
    assertThat(users().find("a").orElseThrow().roles()).containsExactly(Role.WRITE);
    assertThat(users().list()).extracting(UserRecord::name).containsExactly("a", "b");
    assertThat(users().version()).isEqualTo(revision);
  }

  @Test
  void anAdminAlwaysRemains() {
    put(UserRule.FIRST, "a", ALL);
    put(UserRule.NEW, "r", Set.of(Role.READ));
    assertThat(apply(new RemoveUser("a"))).isEqualTo(refused(UserRefusal.LAST_ADMIN));
    assertThat(put(UserRule.ANY, "a", Set.of(Role.READ)))
        .isEqualTo(refused(UserRefusal.LAST_ADMIN));
    put(UserRule.NEW, "b", Set.of(Role.ADMIN));
    assertThat(apply(new RemoveUser("a"))).isEqualTo(accepted());
    assertThat(apply(new RemoveUser("a"))).isEqualTo(refused(UserRefusal.ABSENT));
    assertThat(users().list()).extracting(UserRecord::name).containsExactly("b", "r");
  }

  @Test
  void usersChangeNeitherMapNorEpoch() {
    ClusterMap before = map();
    put(UserRule.FIRST, "a", ALL);
    assertThat(map()).isEqualTo(before);
  }

  @Test
  void anIdIsGoodOnceAndForTenSeconds() {
    assertThat(apply(new IssueTableId(5))).isEqualTo(accepted(false));
    assertThat(apply(new IssueTableId(5))).isEqualTo(refused(TableIdRefusal.IN_USE));
    assertThat(redeem(6)).isEqualTo(refused(TableIdRefusal.UNKNOWN));
    clock += 10_000;
    assertThat(redeem(5)).isEqualTo(accepted(false));
    assertThat(redeem(5)).isEqualTo(refused(TableIdRefusal.UNKNOWN));
    apply(new IssueTableId(5));
    clock += 10_001;
    assertThat(redeem(5)).isEqualTo(refused(TableIdRefusal.UNKNOWN));
  }

  @Test
  void atMost128IdsAreOutstanding() {
    for (int id = 0; id < 128; id++) {
      assertThat(apply(new IssueTableId(id))).isEqualTo(accepted(false));
    }
    assertThat(apply(new IssueTableId(128))).isEqualTo(refused(TableIdRefusal.NO_SLOT));
    redeem(77);
    assertThat(apply(new IssueTableId(128))).isEqualTo(accepted(false));
    assertThat(apply(new IssueTableId(129))).isEqualTo(refused(TableIdRefusal.NO_SLOT));
    clock += 10_001;
    assertThat(apply(new IssueTableId(129))).isEqualTo(accepted(false));
  }

  @Test
  void aTableChangesAllGroupsInOneStep() {
    apply(new IssueTableId(5));
    long epoch = map().epoch();
    assertThat(
            redeem(5, epoch, order("data-0", "n3", "n1", "n2"), order("data-1", "n1", "n2", "n3")))
        .isEqualTo(new ClusterResult.Accepted(epoch + 1, true));
    assertThat(map().group("data-0").orElseThrow().voters()).containsExactly("n3", "n1", "n2");
    assertThat(map().group("data-1").orElseThrow().voters()).containsExactly("n1", "n2", "n3");
    apply(new IssueTableId(6));
    assertThat(redeem(6, 0, order("data-0", "n3", "n1", "n2")))
        .isEqualTo(new ClusterResult.Accepted(epoch + 1, false));
  }

  @Test
  void aMapThatMovedOnLeavesTheIdGood() {
    apply(new IssueTableId(5));
    long epoch = map().epoch();
    assertThat(redeem(5, epoch + 1, order("data-0", "n3", "n1", "n2")))
        .isEqualTo(new ClusterResult.EpochMismatch(epoch));
    assertThat(redeem(5, epoch, order("data-0", "n3", "n1", "n2")))
        .isEqualTo(new ClusterResult.Accepted(epoch + 1, true));
  }

  @Test
  void anImpossibleTableChangesNothingAndUsesTheIdUp() {
    ClusterMap before = map();
    List<List<GroupPreference>> impossible =
        List.of(
            List.of(order("data-9", "n1")),
            List.of(order("data-0")),
            List.of(order("data-0", "n1", "n2", "n2")),
            List.of(order("data-0", "n1", "n2", "n4")),
            List.of(order("data-0", "n3", "n1", "n2"), order("data-0", "n1", "n2", "n3")),
            List.of(order("data-0", "n3", "n1", "n2"), order("data-1", "n1", "n2", "x")));
    for (List<GroupPreference> wish : impossible) {
      apply(new IssueTableId(5));
      assertThat(apply(new RedeemTableId(5, wish, 0)))
          .isInstanceOf(ClusterResult.InvalidPlacement.class);
      assertThat(redeem(5)).isEqualTo(refused(TableIdRefusal.UNKNOWN));
    }
    assertThat(map()).isEqualTo(before);
  }

  private static PasswordHash hash(String password) {
    return PasswordHash.of(Bytes.utf8(password), 1_000, SALT);
  }

  private static GroupPreference order(String group, String... voters) {
    return new GroupPreference(group, List.of(voters));
  }

  private ClusterResult put(UserRule rule, String name, Set<Role> roles) {
    return apply(new PutUser(rule, name, roles, ONE));
  }

  private ClusterResult redeem(long id, long epoch, GroupPreference... wish) {
    return apply(new RedeemTableId(id, List.of(wish), epoch));
  }

  private ClusterResult redeem(long id) {
    return redeem(id, 0);
  }

  private static ClusterResult refused(UserRefusal reason) {
    return new ClusterResult.UserRefused(reason);
  }

  private static ClusterResult refused(TableIdRefusal reason) {
    return new ClusterResult.TableIdRefused(reason);
  }

  private ClusterResult accepted() {
    return accepted(true);
  }

  private ClusterResult accepted(boolean changed) {
    return new ClusterResult.Accepted(map().epoch(), changed);
  }

  private ClusterMap map() {
    return ClusterMachine.decodeAnswer(query(ClusterMachine.mapQuery().payload())).orElseThrow();
  }

  private Users users() {
    return Users.decode(query(ClusterMachine.usersQuery().payload()));
  }

  private Bytes query(Bytes payload) {
    return machine.query(new QueryContext(store, clock), payload);
  }

  private ClusterResult apply(ClusterCommand command) {
    OverlayBatch batch = new OverlayBatch(store);
    Bytes encoded = ClusterMachine.command(command, Optional.empty()).payload();
    Bytes result = machine.apply(new ApplyContext(batch, ++revision, clock), encoded);
    store.commit(batch);
    return ClusterResultCodec.decode(result);
  }
}
