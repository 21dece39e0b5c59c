package io.raftwood.server.http;

import io.raftwood.bytes.Bytes;
import io.raftwood.cache.CacheCommand;
import io.raftwood.cache.CacheLimits;
import io.raftwood.cache.CacheNumbers;
import io.raftwood.cache.CacheQuery;
import io.raftwood.cache.CacheResult;
import io.raftwood.raft.RequestOptions;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The parts of a request to the cache, and how a query or command reaches it and its result the
 * client. Numbers are read strictly in both modes. Runs on I/O threads. Methods that read a request
 * throw {@link RequestRefusedException}.
 */
final class CacheRequests {
  private static final CacheResult.Handler<Reply> REPLIES = new CacheReply();

  private final CacheService service;
  private final HustdbDialect dialect;
  private final RequestParameters parameters;

  /** Requests to {@code service}. */
  CacheRequests(CacheService service, HustdbDialect dialect) {
    this.service = service;
    this.dialect = dialect;
    this.parameters = new RequestParameters(dialect);
  }

  /** {@code key}: a key, or a field of a hash. */
  Bytes key(Call call) {
    return parameters.required(call.query(), "key", CacheLimits.NAME_BYTES_MAX);
  }

  /** {@code tb} of a write: any bytes, not decoded. */
  Bytes table(Call call) {
    return PercentCode.raw(text(call, "tb"));
  }

  /** {@code tb} of a read: strict mode takes no other characters than elsewhere (contract 2.5). */
  Bytes readTable(Call call) {
    return dialect.strict() ? parameters.table(call.query()) : table(call);
  }

  /** The value: the body, else {@code val}. */
  Bytes value(Call call) {
    Bytes value =
        call.body().isEmpty() ? parameters.value(call.query()).orElse(Bytes.EMPTY) : call.body();
    if (value.isEmpty()) {
      throw new RequestRefusedException(Outcome.MISSING_MEMBER, "val");
    }
    if (value.length() > CacheLimits.VALUE_BYTES_MAX) {
      throw new RequestRefusedException(Outcome.TOO_LONG, "val");
    }
    return value;
  }

  /** {@code ttl} in seconds, 1 or more. */
  long ttl(Call call) {
    return seconds(text(call, "ttl"));
  }

  /** {@code ttl} in seconds; 0 = absent. */
  long optionalTtl(Call call) {
    return parameters.raw(call.query(), "ttl").map(CacheRequests::seconds).orElse(0L);
  }

  private static long seconds(String text) {
    OptionalLong seconds = CacheNumbers.whole(PercentCode.raw(text));
    if (seconds.isEmpty() || seconds.getAsLong() < 1) {
      throw malformed("ttl");
    }
    return Math.min(seconds.getAsLong(), CacheLimits.TTL_SECONDS_MAX);
  }

  /** {@code val}: a signed 64-bit number. */
  long whole(Call call) {
    return CacheNumbers.whole(PercentCode.raw(text(call, "val")))
        .orElseThrow(() -> malformed("val"));
  }

  /** {@code val}: a decimal number, as text. */
  Bytes decimal(Call call) {
    Bytes number = PercentCode.raw(text(call, "val"));
    if (CacheNumbers.decimal(number).isEmpty()) {
      throw malformed("val");
    }
    return number;
  }

  /** An empty parameter is not a missing one here: the original's answers differ. */
  private String text(Call call, String name) {
    Optional<String> text = parameters.raw(call.query(), name);
    if (text.isEmpty() && call.query().first(name).isPresent()) {
      throw malformed(name);
    }
    String found =
        text.orElseThrow(() -> new RequestRefusedException(Outcome.MISSING_PARAMETER, name));
    if (found.length() > CacheLimits.NAME_BYTES_MAX) {
      throw new RequestRefusedException(Outcome.TOO_LONG, name);
    }
    return found;
  }

  private static RequestRefusedException malformed(String name) {
    return new RequestRefusedException(Outcome.MALFORMED_PARAMETER, name);
  }

  /** Asks the cache and answers, as fresh as {@code consistency} says. */
  void read(Call call, CacheQuery query) {
    RequestOptions options = parameters.readOptions(call);
    call.answerWhen(
        service.store().query(query, options),
        found -> found.value().dispatch(REPLIES).freshAs(found, options.consistency()));
  }

  /** Has the cache carry out {@code command}, and answers. */
  void write(Call call, CacheCommand command) {
    RequestOptions options = RecordRequests.writeOptions(call);
    call.answerWhen(
        service.store().execute(command, options),
        done -> done.value().dispatch(REPLIES).lagging(service.lagging().ofCache()));
  }
}
