package io.raftwood.cli.kv;

import com.alibaba.fastjson2.JSONException;
import io.raftwood.bytes.Bytes;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * One command: sends its requests and prints what comes of them. The methods return the exit code
 * and throw {@link KvFailureException}. For one thread.
 */
final class KvSession {
  private static final String STALE =
      "raftwood: warning: no leader answered in time: a replica did, and may miss recent writes;"
          + " 'raftwood admin status' shows who leads what";

  private static final String DIVERGED =
      "raftwood: two replicas hold different copies of %s: see docs/operations.md, Divergence";

  private final KvClient client;
  private final Results results;
  private final PrintWriter err;
  private boolean warned;

  /** With what {@code options} ask for. */
  KvSession(CallOptions options, KvStreams streams, PrintWriter err) {
    boolean terminal = streams.terminal().getAsBoolean();
    this.client = new KvClient(options.endpoints(), Duration.ofSeconds(options.timeoutSeconds()));
    this.results = new Results(streams.out(), options.output(terminal), terminal);
    this.err = err;
  }

  /** The answer with status 200; says so if it is stale. */
  KvReply send(KvRequest request) {
    KvReply reply = client.send(request);
    if (reply.stale() && !warned) {
      warn(STALE);
      warned = true;
    }
    return reply;
  }

  /** Says {@code line} beside the results. */
  void warn(String line) {
    err.println(line);
  }

  /** Prints a record: {@code names}, its value, its version. */
  int value(KvRequest request, Cell... names) {
    KvReply reply = send(request);
    return one(names, reply, Cell.of("value", reply.body()), reply.version());
  }

  /** Prints a record that two replicas agree about, or both copies; raw form all of their cells. */
  int compared(KvRequest request, boolean valued, Cell... names) {
    KvReply reply = send(request);
    if (!reply.diverged()) {
      Cell version = Cell.of("version", reply.version().orElse(0));
      return valued
          ? one(names, reply, Cell.of("value", reply.body()), reply.version())
          : one(names, reply, version, OptionalLong.empty());
    }
    // Where the values are equal there is one of them, and where it is that of a member, none.
    int length = reply.body().length();
    boolean both = reply.copies().offset().isPresent();
    int offset = (int) Math.min(length, reply.copies().offset().orElse(0));
    long version = reply.version().orElse(0);
    row(
        copy(names, 1, reply.copies().version1().orElse(version), valued)
            .with(reply.body().slice(0, both ? offset : length)));
    row(
        copy(names, 2, reply.copies().version2().orElse(version), valued)
            .with(reply.body().slice(offset)));
    end();
    warn(DIVERGED.formatted(request.target().text()));
    return KvExitCode.DIVERGED;
  }

  private static CopyRow copy(Cell[] names, int number, long version, boolean valued) {
    List<Cell> row = new ArrayList<>(List.of(names));
    row.add(Cell.of("copy", number));
    row.add(Cell.of("version", version));
    return value -> {
      if (valued) {
        row.add(Cell.of("value", value));
      }
      return row;
    };
  }

  /** A row of a copy that waits for its value. */
  @FunctionalInterface
  private interface CopyRow {
    List<Cell> with(Bytes value);
  }

  /** Prints the number that an answer consists of. */
  int number(KvRequest request, String name, Cell... names) {
    KvReply reply = send(request);
    return one(names, reply, Cell.of(name, whole(reply)), reply.version());
  }

  /** Prints the version that a write left. */
  int version(KvRequest request, Cell... names) {
    KvReply reply = send(request);
    return one(names, reply, Cell.of("version", reply.version().orElse(0)), OptionalLong.empty());
  }

  /** Prints whether there is a record, and its version; raw form only the latter. */
  int existence(KvRequest request, Cell... names) {
    List<Cell> row = new ArrayList<>(List.of(names));
    try {
      KvReply reply = send(request);
      row.add(Cell.of("exists", true));
      addStale(row, reply);
      Cell version = Cell.of("version", reply.version().orElse(0));
      row.add(version);
      results.one(row, version);
      return KvExitCode.OK;
    } catch (KvFailureException e) {
      if (e.exitCode() != KvExitCode.NOT_FOUND) {
        throw e;
      }
      row.add(Cell.of("exists", false));
      results.absent(row);
      return e.exitCode();
    }
  }

  /** A walk that prints what {@code toRow} makes of each record, page by page. */
  Listing listing(Function<Listed, List<Cell>> toRow) {
    return new Listing(this::send, record -> results.row(toRow.apply(record)), results::flush);
  }

  /** Prints a row; {@link #end} must follow the last one. */
  void row(List<Cell> row) {
    results.row(row);
  }

  /** All rows are there. */
  void end() {
    results.flush();
  }

  /** The whole number that {@code reply} consists of. */
  static long whole(KvReply reply) {
    Bytes body = reply.body();
    try {
      return Long.parseLong(body.toUtf8().strip());
    } catch (NumberFormatException e) {
      throw new JSONException(reply.endpoint() + " answered no number", e);
    }
  }

  private int one(Cell[] names, KvReply reply, Cell main, OptionalLong version) {
    List<Cell> row = new ArrayList<>(List.of(names));
    version.ifPresent(number -> row.add(Cell.of("version", number)));
    addStale(row, reply);
    row.add(main);
    results.one(row, main);
    return KvExitCode.OK;
  }

  private static void addStale(List<Cell> row, KvReply reply) {
    if (reply.stale()) {
      row.add(Cell.of("stale", true));
    }
  }
}
