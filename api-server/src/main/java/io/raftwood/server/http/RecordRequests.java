package io.raftwood.server.http;

import io.raftwood.admin.SyncStatus;
import io.raftwood.bytes.Bytes;
import io.raftwood.kv.KvCommand;
import io.raftwood.kv.KvLimits;
import io.raftwood.kv.KvQuery;
import io.raftwood.kv.KvResult;
import io.raftwood.kv.KvStore;
import io.raftwood.kv.RecordId;
import io.raftwood.raft.Command;
import io.raftwood.raft.ReadConsistency;
import io.raftwood.raft.RequestOptions;
import java.util.Optional;

/**
 * What the endpoints of all kinds of records have in common: the parts of a request, and how a
 * query or command reaches the store and its result the client. Runs on I/O threads. Methods that
 * read a request throw {@link RequestRefusedException}.
 */
final class RecordRequests {
  private static final long VERSION_MAX_STRICT = 4_194_303;
  private static final KvResult.Handler<Reply> REPLIES = new ResultReply();

  private final KvStore store;
  private final HustdbDialect dialect;
  private final RequestParameters parameters;
  private final SyncStatus sync;
  private final int keyBytesMax;

  /** Requests to {@code store}; {@code sync} knows whose copies lag behind. */
  RecordRequests(KvStore store, SyncStatus sync, HttpSettings settings) {
    this.store = store;
    this.sync = sync;
    this.dialect = settings.dialect();
    this.parameters = new RequestParameters(dialect);
    this.keyBytesMax = settings.limits().keyBytesMax();
  }

  /** How requests are read. */
  HustdbDialect dialect() {
    return dialect;
  }

  /** Reads parameters. */
  RequestParameters parameters() {
    return parameters;
  }

  /** {@code key}: a key or hash field. */
  Bytes key(Call call) {
    return parameters.required(call.query(), "key", keyBytesMax);
  }

  /** {@code tb}. */
  Bytes table(Call call) {
    return parameters.table(call.query());
  }

  /** The value: the body, else {@code val}. */
  Bytes value(Call call) {
    if (!call.body().isEmpty()) {
      return call.body();
    }
    return parameters
        .value(call.query())
        .filter(value -> !value.isEmpty())
        .orElseThrow(() -> new RequestRefusedException(Outcome.MISSING_PARAMETER, "val"));
  }

  /** The member of a set: the body, byte for byte. */
  Bytes member(Call call) {
    if (call.body().isEmpty()) {
      throw new RequestRefusedException(Outcome.MISSING_MEMBER, "body");
    }
    return bounded(call.body());
  }

  /**
   * The member of a sorted set: the body, else {@code key}. Strict mode percent-decodes the body
   * too, as the original does (contract 2.4). The default takes it byte for byte: a body is bytes,
   * and so every member can be sent as the listings return it.
   */
  Bytes scoredMember(Call call) {
    Bytes body = dialect.strict() ? PercentCode.decodeLeniently(call.body()) : call.body();
    if (!body.isEmpty()) {
      return bounded(body);
    }
    return parameters
        .decoded(call.query(), "key", keyBytesMax)
        .filter(member -> !member.isEmpty())
        .orElseThrow(() -> new RequestRefusedException(Outcome.MISSING_MEMBER, "key"));
  }

  private static Bytes bounded(Bytes member) {
    if (member.length() > KvLimits.MEMBER_BYTES_MAX) {
      throw new RequestRefusedException(Outcome.MEMBER_TOO_LONG, "member");
    }
    return member;
  }

  /** {@code ttl} in seconds; 0 = never expires, which more than the maximum means too. */
  long ttl(Call call) {
    long seconds = parameters.unsigned32(call.query(), "ttl");
    return seconds > KvLimits.TTL_SECONDS_MAX ? 0 : seconds;
  }

  /** {@code ver}; 0 = unconditional. */
  long expectedVersion(Call call) {
    long version = parameters.unsigned32(call.query(), "ver");
    if (dialect.strict() && version > VERSION_MAX_STRICT) {
      throw new RequestRefusedException(Outcome.MALFORMED_PARAMETER, "ver");
    }
    return version;
  }

  /** Asks the store and answers, as fresh as {@code consistency} says. */
  void read(Call call, KvQuery query) {
    RequestOptions options = parameters.readOptions(call);
    call.answerWhen(
        store.query(query, options),
        found -> found.value().dispatch(REPLIES).freshAs(found, options.consistency()));
  }

  /** Has the store carry out {@code command} on {@code id}, and answers. */
  void write(Call call, RecordId id, KvCommand command) {
    RequestOptions options = writeOptions(call);
    call.answerWhen(
        store.execute(command, options),
        done -> done.value().dispatch(REPLIES).lagging(sync.lagging(id.slot())));
  }

  /** How a change is done: under the {@code Idempotency-Key}, if there is one. */
  static RequestOptions writeOptions(Call call) {
    return new RequestOptions(
        ReadConsistency.LINEARIZABLE,
        false,
        call.deadline(),
        idempotencyKey(call),
        call.executor(),
        call.bundle());
  }

  /** The header {@code Idempotency-Key}. */
  static Optional<Bytes> idempotencyKey(Call call) {
    return call.header("Idempotency-Key").map(RecordRequests::idempotencyKey);
  }

  private static Bytes idempotencyKey(String text) {
    if (text.isEmpty()) {
      throw new RequestRefusedException(Outcome.MALFORMED_PARAMETER, "Idempotency-Key");
    }
    if (text.length() > Command.IDEMPOTENCY_KEY_BYTES_MAX) {
      throw new RequestRefusedException(Outcome.TOO_LONG, "Idempotency-Key");
    }
    return PercentCode.raw(text);
  }
}
