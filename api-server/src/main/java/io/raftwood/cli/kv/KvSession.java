package io.raftwood.cli.kv;

import com.alibaba.fastjson2.JSONException;
import io.raftwood.bytes.Bytes;
import io.raftwood.cli.call.CallExitCode;
import io.raftwood.cli.call.CallFailureException;
import io.raftwood.cli.call.CallOptions;
import io.raftwood.cli.call.CallReply;
import io.raftwood.cli.call.CallRequest;
import io.raftwood.cli.call.CallSession;
import io.raftwood.cli.call.CallStreams;
import io.raftwood.cli.call.Cell;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * One command: sends its requests and prints what comes of them. The methods return the exit code
 * and throw {@link CallFailureException}. For one thread.
 */
final class KvSession {
  private static final String DIVERGED =
      "raftwood: two replicas hold different copies of %s: see docs/operations.md, Divergence";

  private final CallSession call;

  private KvSession(CallSession call) {
    this.call = call;
  }

  /** On records, with what {@code options} ask for. */
  KvSession(CallOptions options, CallStreams streams, PrintWriter err) {
    this(new CallSession(options, streams, err, new KvRefusals()));
  }

  /** The same on the cache. */
  static KvSession ofCache(CallOptions options, CallStreams streams, PrintWriter err) {
    return new KvSession(new CallSession(options, streams, err, new CacheRefusals()));
  }

  /** The answer that is a success; says so if it is stale. */
  CallReply send(CallRequest request) {
    return call.send(request);
  }

  /** Says {@code line} beside the call. */
  void warn(String line) {
    call.warn(line);
  }

  /** Prints a record: {@code names}, its value, its version. */
  int value(CallRequest request, Cell... names) {
    CallReply reply = send(request);
    return one(names, reply, Cell.of("value", reply.body()), reply.version());
  }

  /** Prints a record that two replicas agree about, or both copies; raw form all of their cells. */
  int compared(CallRequest request, boolean valued, Cell... names) {
    CallReply reply = send(request);
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
    return CallExitCode.DIVERGED;
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
  int number(CallRequest request, String name, Cell... names) {
    CallReply reply = send(request);
    return one(names, reply, Cell.of(name, whole(reply)), reply.version());
  }

  /** Prints the version that a write left. */
  int version(CallRequest request, Cell... names) {
    CallReply reply = send(request);
    return one(names, reply, Cell.of("version", reply.version().orElse(0)), OptionalLong.empty());
  }

  /** Prints that it was done, of which raw form says nothing. */
  int done(CallRequest request, Cell... names) {
    CallReply reply = send(request);
    List<Cell> row = new ArrayList<>(List.of(names));
    row.add(Cell.of("ok", true));
    addStale(row, reply);
    call.absent(row);
    return CallExitCode.OK;
  }

  /** Prints whether there is a record, and its version; raw form only the latter. */
  int existence(CallRequest request, Cell... names) {
    List<Cell> row = new ArrayList<>(List.of(names));
    try {
      CallReply reply = send(request);
      row.add(Cell.of("exists", true));
      addStale(row, reply);
      Cell version = Cell.of("version", reply.version().orElse(0));
      row.add(version);
      call.one(row, version);
      return CallExitCode.OK;
    } catch (CallFailureException e) {
      if (e.exitCode() != CallExitCode.NOT_FOUND) {
        throw e;
      }
      row.add(Cell.of("exists", false));
      call.absent(row);
      return e.exitCode();
    }
  }

  /** A walk that prints what {@code toRow} makes of each record, page by page. */
  Listing listing(Function<Listed, List<Cell>> toRow) {
    return new Listing(this::send, record -> call.row(toRow.apply(record)), call::end);
  }

  /** Prints a row; {@link #end} must follow the last one. */
  void row(List<Cell> row) {
    call.row(row);
  }

  /** All rows are there. */
  void end() {
    call.end();
  }

  /** The whole number that {@code reply} consists of. */
  static long whole(CallReply reply) {
    Bytes body = reply.body();
    try {
      return Long.parseLong(body.toUtf8().strip());
    } catch (NumberFormatException e) {
      throw new JSONException(reply.endpoint() + " answered no number", e);
    }
  }

  private int one(Cell[] names, CallReply reply, Cell main, OptionalLong version) {
    List<Cell> row = new ArrayList<>(List.of(names));
    version.ifPresent(number -> row.add(Cell.of("version", number)));
    addStale(row, reply);
    row.add(main);
    call.one(row, main);
    return CallExitCode.OK;
  }

  private static void addStale(List<Cell> row, CallReply reply) {
    if (reply.stale()) {
      row.add(Cell.of("stale", true));
    }
  }
}
