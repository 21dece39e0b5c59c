package io.raftwood.it;

import io.raftwood.bench.client.HttpReply;
import io.raftwood.bytes.Bytes;
import io.raftwood.kv.KvCommand;
import io.raftwood.kv.KvResult;
import io.raftwood.kv.KvResult.Listed;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a client sees of an answer: everything but what every answer has ({@code Date}, {@code
 * Server}, {@code Connection}, {@code Content-Length}).
 *
 * @param status of HTTP
 * @param headers by lower-case name
 * @param body one character for each byte
 */
record HustdbAnswer(int status, Map<String, String> headers, String body) {
  /** Besides what frames an answer: who is not up to date is no matter of records. */
  private static final Set<String> UNCOMPARED =
      Set.of("date", "server", "connection", "content-length", "sync", "sync-all", "fail");

  /** What came. */
  static HustdbAnswer of(HttpReply reply) {
    Map<String, String> headers = new TreeMap<>();
    for (HttpReply.Header header : reply.headers()) {
      String name = header.name().toLowerCase(Locale.ROOT);
      if (!UNCOMPARED.contains(name)) {
        headers.put(name, header.value());
      }
    }
    return new HustdbAnswer(reply.status(), headers, latin(reply.body()));
  }

  /** What should come, in default mode, for {@code result} of {@code command}. */
  static HustdbAnswer expected(KvCommand command, KvResult result) {
    return result.dispatch(new Expected(command instanceof KvCommand.Increment));
  }

  /** What should come, in default mode, for {@code result} of a query. */
  static HustdbAnswer expected(KvResult result) {
    return result.dispatch(new Expected(false));
  }

  /** Whether this says that nothing was done, for now, or that nobody knows. */
  boolean isPassing() {
    String error = headers.getOrDefault("error", "");
    return error.equals("no-quorum")
        || error.equals("overloaded")
        || error.equals("disk-full")
        || error.equals("outcome-unknown")
        || error.equals("not-ready")
        || headers.containsKey("stale");
  }

  /** An answer in {@code text/plain} with {@code headers}: names and values in turn. */
  static HustdbAnswer plain(int status, String body, String... headers) {
    Map<String, String> map = new TreeMap<>(Map.of("content-type", "text/plain"));
    for (int i = 0; i < headers.length; i += 2) {
      map.put(headers[i], headers[i + 1]);
    }
    return new HustdbAnswer(status, map, body);
  }

  /** One character for each byte. */
  static String latin(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  /** The answers in the contract's words, with our {@code Error} tokens. */
  private record Expected(boolean increment) implements KvResult.Handler<HustdbAnswer> {
    private HustdbAnswer refused(String error) {
      return increment
          ? plain(404, "", "error", error)
          : plain(404, "", "version", "0", "error", error);
    }

    private static HustdbAnswer ok(long version, String body) {
      return plain(200, body, "version", Long.toString(version));
    }

    @Override
    public HustdbAnswer stored(KvResult.Stored result) {
      return ok(result.version(), "");
    }

    @Override
    public HustdbAnswer deleted(KvResult.Deleted result) {
      return ok(result.version(), "");
    }

    @Override
    public HustdbAnswer absent(KvResult.Absent result) {
      return refused("not-found");
    }

    @Override
    public HustdbAnswer versionMismatch(KvResult.VersionMismatch result) {
      String current = Long.toString(result.current());
      return plain(409, "", "version", current, "error", "version-conflict");
    }

    @Override
    public HustdbAnswer found(KvResult.Found result) {
      return ok(result.version(), latin(result.value().toArray()));
    }

    @Override
    public HustdbAnswer exists(KvResult.Exists result) {
      return ok(result.version(), "");
    }

    @Override
    public HustdbAnswer observed(KvResult.Observed result) {
      throw new IllegalArgumentException("no client asks one replica for a record");
    }

    @Override
    public HustdbAnswer purged(KvResult.Purged result) {
      throw new IllegalArgumentException("no client asks for a purge");
    }

    @Override
    public HustdbAnswer wrongKind(KvResult.WrongKind result) {
      return refused("wrong-kind");
    }

    @Override
    public HustdbAnswer notANumber(KvResult.NotANumber result) {
      return refused("not-a-number");
    }

    @Override
    public HustdbAnswer outOfRange(KvResult.OutOfRange result) {
      return refused("out-of-range");
    }

    @Override
    public HustdbAnswer incremented(KvResult.Incremented result) {
      return plain(200, Long.toString(result.number()));
    }

    @Override
    public HustdbAnswer page(KvResult.Page result) {
      String elements =
          result.records().stream().map(Expected::element).collect(Collectors.joining(","));
      String keys = Integer.toString(result.records().size());
      return plain(200, "[" + elements + "]", "keys", keys);
    }

    private static String element(Listed listed) {
      String key = Base64.getEncoder().encodeToString(listed.id().name().toArray());
      String score = listed.value().map(Bytes::toUtf8).orElseThrow();
      return "{\"key\":\"" + key + "\",\"val\":\"" + score + "\",\"ver\":" + listed.version() + "}";
    }

    @Override
    public HustdbAnswer pageTooLarge(KvResult.PageTooLarge result) {
      return refused("page-too-large");
    }

    @Override
    public HustdbAnswer totals(KvResult.Totals result) {
      throw new IllegalArgumentException("asked of a node, not of a record");
    }

    @Override
    public HustdbAnswer tables(KvResult.Tables result) {
      throw new IllegalArgumentException("asked of a node, not of a record");
    }
  }
}
