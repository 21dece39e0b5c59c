package io.raftwood.server.http;

import io.raftwood.admin.ClusterAdmin;
import io.raftwood.bytes.Bytes;
import io.raftwood.cluster.ClusterCommand;
import io.raftwood.cluster.ClusterMap;
import io.raftwood.cluster.ClusterResult;
import io.raftwood.cluster.ClusterResult.TableIdRefusal;
import io.raftwood.cluster.GroupPreference;
import io.raftwood.cluster.PlanRefusedException;
import io.raftwood.raft.GroupUnavailableException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.interfaces.RSAPublicKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import javax.crypto.Cipher;

/**
 * {@code get_table} and {@code set_table} (contract 6.1). The ids of the handshake are kept by the
 * meta group, so that any node may issue one and any node redeem it. Runs on I/O threads.
 */
final class SlotTableHandler {
  private static final Pattern ID = Pattern.compile("[0-9]{16}");
  private static final int REPETITIONS_MAX = 5;

  private final ClusterAdmin admin;
  private final Optional<RSAPublicKey> key;
  private final boolean strict;
  private final SecureRandom random = new SecureRandom();

  /** Asks {@code admin}; ids are encrypted with the settings' key. */
  SlotTableHandler(ClusterAdmin admin, HttpSettings settings) {
    this.admin = admin;
    this.key = settings.access().tableKey();
    this.strict = settings.dialect().strict();
  }

  /** The endpoints. */
  List<Route> routes() {
    return List.of(
        Route.any("get_table", Family.INFO, call -> call.answer(table())),
        Route.withBody("set_table", Family.TABLE, this::set));
  }

  private Reply table() {
    // The original shows the bytes of a file, which its generator ends without a line feed.
    String end = strict ? "" : "\n";
    return admin
        .clusterMap()
        .map(map -> Bytes.utf8(SlotTableJson.render(new SlotTableMap(map).table()) + end))
        .map(json -> Reply.body(Outcome.OK, json, Reply.TEXT))
        .orElseGet(() -> Reply.of(Outcome.NOT_READY));
  }

  private void set(Call call) {
    if (!call.query().mentions("id")) {
      issue(call);
      return;
    }
    if (call.body().isEmpty()) {
      call.answer(Reply.of(Outcome.MISSING_PARAMETER, "body"));
      return;
    }
    Optional<Long> id =
        call.query().last("id").filter(text -> ID.matcher(text).matches()).map(Long::parseLong);
    if (id.isEmpty()) {
      call.answer(Reply.of(Outcome.UNKNOWN_ID));
    } else {
      call.answerWhen(redeem(call, id.get()), reply -> reply);
    }
  }

  private void issue(Call call) {
    if (key.isEmpty()) {
      call.answer(Reply.of(Outcome.NO_PUBLIC_KEY));
      return;
    }
    long id = Math.floorMod(random.nextLong(), ClusterCommand.TABLE_ID_END);
    call.answerWhen(
        admin.propose(new ClusterCommand.IssueTableId(id), call.deadline()),
        result ->
            result instanceof ClusterResult.Accepted
                ? Reply.body(Outcome.OK, encrypted(key.get(), id), Reply.TEXT)
                : refusal(result));
  }

  private static Bytes encrypted(RSAPublicKey key, long id) {
    try {
      Cipher cipher = Cipher.getInstance("RSA/ECB/PKCS1Padding");
      cipher.init(Cipher.ENCRYPT_MODE, key);
      byte[] digits = String.format("%016d", id).getBytes(StandardCharsets.US_ASCII);
      return Bytes.wrap(cipher.doFinal(digits));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the public key was checked at the start", e);
    }
  }

  /** An invalid table uses the id up, too. */
  private CompletableFuture<Reply> redeem(Call call, long id) {
    try {
      SlotTable table = SlotTableJson.parse(call.body());
      return redeem(call, id, table, REPETITIONS_MAX);
    } catch (InvalidTableException e) {
      return spend(call, id, e);
    }
  }

  private CompletableFuture<Reply> spend(Call call, long id, RuntimeException why) {
    return admin
        .propose(new ClusterCommand.RedeemTableId(id, List.of(), 0), call.deadline())
        .thenApply(
            result ->
                result instanceof ClusterResult.Accepted
                    ? Reply.of(Outcome.INVALID_TABLE, why.getMessage())
                    : refusal(result));
  }

  private CompletableFuture<Reply> redeem(Call call, long id, SlotTable table, int repetitions) {
    Optional<ClusterMap> map = admin.clusterMap();
    if (map.isEmpty()) {
      return CompletableFuture.completedFuture(Reply.of(Outcome.NOT_READY));
    }
    List<GroupPreference> wish;
    try {
      Map<String, List<String>> firsts = new SlotTableMap(map.get()).firsts(table);
      wish = admin.planner(map.get()).lead(firsts).groups();
    } catch (InvalidTableException | PlanRefusedException e) {
      return spend(call, id, e);
    }
    return admin
        .propose(new ClusterCommand.RedeemTableId(id, wish, map.get().epoch()), call.deadline())
        .thenCompose(result -> redeemed(call, id, table, repetitions, result));
  }

  /** A map that has moved on (a node was started, say) leaves the id good: once more, then. */
  private CompletableFuture<Reply> redeemed(
      Call call, long id, SlotTable table, int repetitions, ClusterResult result) {
    if (result instanceof ClusterResult.EpochMismatch) {
      return repetitions > 0
          ? redeem(call, id, table, repetitions - 1)
          : CompletableFuture.failedFuture(
              new GroupUnavailableException("the cluster map changes all the time"));
    }
    return CompletableFuture.completedFuture(
        result instanceof ClusterResult.Accepted ? Reply.of(Outcome.OK) : refusal(result));
  }

  private static Reply refusal(ClusterResult result) {
    if (result instanceof ClusterResult.TableIdRefused refused) {
      return Reply.of(refusal(refused.reason()));
    }
    if (result instanceof ClusterResult.InvalidPlacement invalid) {
      return Reply.of(Outcome.INVALID_TABLE, invalid.reason());
    }
    return Reply.of(Outcome.NOT_READY);
  }

  private static Outcome refusal(TableIdRefusal reason) {
    switch (reason) {
      case NO_SLOT:
        return Outcome.NO_FREE_ID;
      case IN_USE:
        return Outcome.ID_IN_USE;
      default:
        return Outcome.UNKNOWN_ID;
    }
  }
}
