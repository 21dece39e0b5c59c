package io.raftwood.cli.tree;

import com.alibaba.fastjson2.JSON;
import com.alibaba.fastjson2.JSONException;
import com.alibaba.fastjson2.JSONObject;
import io.raftwood.bytes.Bytes;
import io.raftwood.cli.call.CallExitCode;
import io.raftwood.cli.call.CallOptions;
import io.raftwood.cli.call.CallReply;
import io.raftwood.cli.call.CallRequest;
import io.raftwood.cli.call.CallSession;
import io.raftwood.cli.call.CallStreams;
import io.raftwood.cli.call.Cell;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * One command on trees: sends its requests and prints what comes of them. Methods throw {@link
 * io.raftwood.cli.call.CallFailureException}. For one thread.
 */
final class TreeSession {
  private final CallSession call;

  /** With what {@code options} ask for; warnings go to {@code err}. */
  TreeSession(CallOptions options, CallStreams streams, PrintWriter err) {
    this.call = new CallSession(options, streams, err, new TreeRefusals());
  }

  /** The envelope of a success. */
  JSONObject send(CallRequest request) {
    CallReply reply = call.send(request);
    JSONObject envelope = JSON.parseObject(reply.body().toUtf8());
    if (envelope == null || !envelope.containsKey("data")) {
      throw new JSONException(reply.endpoint() + " answered no envelope");
    }
    return envelope;
  }

  /** Prints the one result, of which raw form shows {@code main} alone; the exit code. */
  int one(Cell main, Cell... before) {
    List<Cell> row = new ArrayList<>(List.of(before));
    row.add(main);
    call.one(row, main);
    return CallExitCode.OK;
  }

  /** Prints a row; {@link #end} must follow the last one. */
  void row(List<Cell> row) {
    call.row(row);
  }

  /** Prints a line, whatever form is wanted; {@link #end} must follow the last one. */
  void line(String text) {
    call.line(text);
  }

  /** All rows so far are to be seen. */
  void end() {
    call.end();
  }

  /** A text of an answer as a part of a result. */
  static Cell text(String name, String text) {
    return text == null ? Cell.none(name) : Cell.of(name, Bytes.utf8(text));
  }
}
