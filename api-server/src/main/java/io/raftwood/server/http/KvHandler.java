package io.raftwood.server.http;

import io.raftwood.bytes.Bytes;
import io.raftwood.kv.KvCommand;
import io.raftwood.kv.KvLimits;
import io.raftwood.kv.KvQuery;
import io.raftwood.kv.KvResult;
import io.raftwood.kv.KvStore;
import io.raftwood.kv.RecordId;
import io.raftwood.raft.Command;
import io.raftwood.raft.ReadConsistency;
import io.raftwood.raft.Replicated;
import io.raftwood.raft.RequestOptions;
import java.util.List;
import java.util.Optional;

/** hustdb's {@code get exist put del} over {@link KvStore}. Runs on I/O threads. */
final class KvHandler {
  private static final long VERSION_MAX_STRICT = 4_194_303;

  private final KvStore store;
  private final HustdbDialect dialect;
  private final RequestParameters parameters;
  private final int keyBytesMax;

  /** Serves from {@code store}. */
  KvHandler(KvStore store, HttpSettings settings) {
    this.store = store;
    this.dialect = settings.dialect();
    this.parameters = new RequestParameters(dialect);
    this.keyBytesMax = settings.limits().keyBytesMax();
  }

  /** The endpoints. */
  List<Route> routes() {
    return List.of(
        Route.any("get", Family.READ, this::get),
        Route.any("exist", Family.READ, this::exist),
        Route.any("del", Family.DEL, this::delete),
        new Route("/put", "put", Family.PUT, true, "", this::put));
  }

  private void get(Call call) {
    read(call, new KvQuery.Get(RecordId.key(key(call))));
  }

  private void exist(Call call) {
    read(call, new KvQuery.Exist(RecordId.key(key(call))));
  }

  private void put(Call call) {
    Bytes key = key(call);
    Bytes value = value(call);
    long ttl = parameters.unsigned32(call.query(), "ttl");
    long kept = ttl > KvLimits.TTL_SECONDS_MAX ? 0 : ttl;
    write(call, new KvCommand.Put(RecordId.key(key), value, kept, expectedVersion(call)));
  }

  private void delete(Call call) {
    write(call, new KvCommand.Delete(RecordId.key(key(call)), expectedVersion(call)));
  }

  private Bytes key(Call call) {
    return parameters.required(call.query(), "key", keyBytesMax);
  }

  private Bytes value(Call call) {
    if (!call.body().isEmpty()) {
      return call.body();
    }
    return parameters
        .value(call.query())
        .orElseThrow(() -> new RequestRefusedException(Outcome.MISSING_PARAMETER, "val"));
  }

  private long expectedVersion(Call call) {
    long version = parameters.unsigned32(call.query(), "ver");
    if (dialect.strict() && version > VERSION_MAX_STRICT) {
      throw new RequestRefusedException(Outcome.MALFORMED_PARAMETER, "ver");
    }
    return version;
  }

  private void read(Call call, KvQuery query) {
    Optional<ReadConsistency> asked = parameters.consistency(call.query());
    RequestOptions options =
        new RequestOptions(
            asked.orElse(ReadConsistency.LEASE),
            asked.isEmpty() && dialect.staleFallback(),
            call.deadline(),
            Optional.empty(),
            call.executor());
    boolean local = options.consistency() == ReadConsistency.LOCAL;
    call.answerWhen(store.query(query, options), found -> readReply(found, local));
  }

  private void write(Call call, KvCommand command) {
    RequestOptions options =
        new RequestOptions(
            ReadConsistency.LINEARIZABLE,
            false,
            call.deadline(),
            call.header("Idempotency-Key").map(KvHandler::idempotencyKey),
            call.executor());
    call.answerWhen(store.execute(command, options), done -> reply(done.value()));
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

  private static Reply readReply(Replicated<KvResult> found, boolean local) {
    Reply reply = reply(found.value());
    return local || found.stale() ? reply.read(found.appliedIndex(), found.stale()) : reply;
  }

  private static Reply reply(KvResult result) {
    if (result instanceof KvResult.Found) {
      KvResult.Found found = (KvResult.Found) result;
      return Reply.version(Outcome.OK, found.version()).with(found.value());
    }
    if (result instanceof KvResult.Stored) {
      return Reply.version(Outcome.OK, ((KvResult.Stored) result).version());
    }
    if (result instanceof KvResult.Exists) {
      return Reply.version(Outcome.OK, ((KvResult.Exists) result).version());
    }
    if (result instanceof KvResult.Deleted) {
      return Reply.version(Outcome.OK, ((KvResult.Deleted) result).version());
    }
    if (result instanceof KvResult.VersionMismatch) {
      long current = ((KvResult.VersionMismatch) result).current();
      return Reply.version(Outcome.VERSION_CONFLICT, current);
    }
    if (result instanceof KvResult.Absent) {
      return Reply.of(Outcome.NOT_FOUND);
    }
    throw new IllegalStateException("not an answer to a client: " + result.getClass());
  }
}
