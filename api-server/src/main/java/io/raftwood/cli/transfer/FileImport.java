package io.raftwood.cli.transfer;

import com.alibaba.fastjson2.JSON;
import com.alibaba.fastjson2.JSONException;
import com.alibaba.fastjson2.JSONObject;
import io.raftwood.bytes.ByteWriter;
import io.raftwood.bytes.Bytes;
import io.raftwood.cli.backup.Pace;
import io.raftwood.cli.call.CallExitCode;
import io.raftwood.cli.call.CallFailureException;
import io.raftwood.kv.RecordId;
import io.raftwood.kv.RecordItem;
import java.io.IOException;
import java.io.InputStream;
import java.util.Base64;
import java.util.Optional;

/** Imports the lines that {@code raftwood export} writes. For one thread. */
final class FileImport {
  /** A position is kept after so many lines: a run that goes on repeats no more. */
  private static final int STEP_LINES = 2000;

  private final ImportSink sink;
  private final Pace pace;
  private long passed;

  FileImport(ImportSink sink, Pace pace) {
    this.sink = sink;
    this.pace = pace;
  }

  /**
   * Imports {@code in} behind what {@code state} says is done.
   *
   * @param bytesMax length of the input, as far as it is known
   */
  void run(InputStream in, long bytesMax, Optional<TransferState> state) throws IOException {
    JSONObject begun = state.map(TransferState::load).orElseGet(JSONObject::new);
    if (begun.getLongValue("bytes") > bytesMax) {
      throw new CallFailureException(
          CallExitCode.FAILED,
          "the file is shorter than what "
              + state.map(TransferState::file).orElseThrow()
              + " says is imported: delete that to begin anew");
    }
    in.skipNBytes(begun.getLongValue("bytes"));
    LineReader lines = new LineReader(in, begun.getLongValue("lines"), begun.getLongValue("bytes"));
    long last = lines.bytes();
    for (Optional<String> line = lines.next(); line.isPresent(); line = lines.next()) {
      take(line.get(), lines.lines());
      if (lines.lines() % STEP_LINES == 0) {
        step(lines, state, lines.bytes() - last);
        last = lines.bytes();
      }
    }
    sink.flush();
    state.ifPresent(TransferState::delete);
  }

  private void step(LineReader lines, Optional<TransferState> state, long bytes) {
    sink.flush();
    pace.passed("importing", bytes, lines.lines() - passed);
    passed = lines.lines();
    JSONObject reached = new JSONObject();
    reached.put("lines", lines.lines());
    reached.put("bytes", lines.bytes());
    state.ifPresent(kept -> kept.save(reached));
  }

  private void take(String text, long number) {
    try {
      JSONObject line = JSON.parseObject(text);
      if (line == null) {
        throw new JSONException("it is empty");
      }
      take(line);
    } catch (JSONException | IllegalArgumentException e) {
      throw new CallFailureException(
          CallExitCode.FAILED,
          "line " + number + " is none of an export: " + e.getMessage() + "; those before are in");
    }
  }

  private void take(JSONObject line) {
    String kind = String.valueOf(line.getString("kind"));
    switch (kind) {
      case ItemLines.TREE -> sink.tree(bytes(line, "tree"));
      case ItemLines.ENTRY ->
          sink.entry(bytes(line, "tree"), bytes(line, "key"), bytes(line, "value"));
      case "leaf", "inner", "property" -> {
        // The structure comes from the entries, and properties belong to nodes of another tree.
      }
      default -> sink.record(record(kind, line));
    }
  }

  private static RecordItem record(String kind, JSONObject line) {
    long version = line.containsKey("version") ? line.getLongValue("version") : 1;
    long expires = line.getLongValue("expires");
    return new RecordItem(id(kind, line), version, 0, expires, value(kind, line));
  }

  private static RecordId id(String kind, JSONObject line) {
    switch (kind) {
      case ItemLines.KEY:
        return RecordId.key(bytes(line, "key"));
      case ItemLines.FIELD:
        return RecordId.field(bytes(line, "table"), bytes(line, "field"));
      case ItemLines.MEMBER:
        return RecordId.member(bytes(line, "table"), bytes(line, "member"));
      case ItemLines.SCORED:
        return RecordId.scored(bytes(line, "table"), bytes(line, "member"));
      default:
        throw new JSONException("kind '" + kind + "' is unknown");
    }
  }

  private static Bytes value(String kind, JSONObject line) {
    switch (kind) {
      case ItemLines.MEMBER:
        return Bytes.EMPTY;
      case ItemLines.SCORED:
        Long score = line.getLong("score");
        if (score == null) {
          throw new JSONException("a sorted set's member has no score");
        }
        return new ByteWriter(Long.BYTES).u64(score).toBytes();
      default:
        return bytes(line, "value");
    }
  }

  private static Bytes bytes(JSONObject line, String name) {
    String text = line.getString(name);
    if (text != null) {
      return Bytes.utf8(text);
    }
    String base64 = line.getString(name + "Base64");
    if (base64 == null) {
      throw new JSONException("there is no " + name);
    }
    return Bytes.wrap(Base64.getDecoder().decode(base64));
  }
}
