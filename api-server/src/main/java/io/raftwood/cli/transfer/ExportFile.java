package io.raftwood.cli.transfer;

import com.alibaba.fastjson2.JSONObject;
import io.raftwood.bytes.Bytes;
import io.raftwood.cli.call.CallExitCode;
import io.raftwood.cli.call.CallFailureException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;

/** Where an export goes, and how far it is. For one thread. */
final class ExportFile implements AutoCloseable {
  private static final int BUFFER_BYTES = 1 << 16;

  private final OutputStream out;
  private final Optional<TransferState> state;
  private final JSONObject begun;
  private long bytes;
  private long lines;
  private Optional<Place> last = Optional.empty();

  /**
   * Where to go on.
   *
   * @param group which group
   * @param family whose items
   * @param after the place in them; empty = the beginning
   * @param tree number and name of the tree that the place is in
   */
  record Place(String group, int family, Bytes after, Optional<Map.Entry<Long, Bytes>> tree) {
    /** Of a whole group. */
    static Place beginning(String group) {
      return new Place(group, 1, Bytes.EMPTY, Optional.empty());
    }
  }

  private ExportFile(OutputStream out, Optional<TransferState> state, JSONObject begun) {
    this.out = new BufferedOutputStream(out, BUFFER_BYTES);
    this.state = state;
    this.begun = begun;
    this.bytes = begun.getLongValue("bytes");
    this.lines = begun.getLongValue("lines");
  }

  /** To a stream, which is left open; nothing is kept. */
  static ExportFile to(OutputStream stream) {
    return new ExportFile(stream, Optional.empty(), new JSONObject());
  }

  /** To a file, behind what {@code begun} says is in it. */
  static ExportFile to(Path file, TransferState state, JSONObject begun) throws IOException {
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    long bytes = begun.getLongValue("bytes");
    if (channel.size() < bytes) {
      channel.close();
      throw new CallFailureException(
          CallExitCode.FAILED,
          file + " is shorter than " + state.file() + " says; delete both to begin anew");
    }
    channel.truncate(bytes);
    channel.position(bytes);
    return new ExportFile(Channels.newOutputStream(channel), Optional.of(state), begun);
  }

  /** Where the last run of this export stopped. */
  Optional<Place> begun(String cluster) {
    if (begun.isEmpty()) {
      return Optional.empty();
    }
    if (!cluster.equals(begun.getString("cluster"))) {
      throw new CallFailureException(
          CallExitCode.FAILED, "the export was begun of another cluster; take another name");
    }
    Optional<Map.Entry<Long, Bytes>> tree =
        begun.containsKey("tree")
            ? Optional.of(
                Map.entry(begun.getLongValue("tree"), Bytes.fromHex(begun.getString("treeName"))))
            : Optional.empty();
    return Optional.of(
        new Place(
            begun.getString("group"),
            begun.getIntValue("family"),
            Bytes.fromHex(begun.getString("after")),
            tree));
  }

  /** The last place reached in {@code group} by this run. */
  Optional<Place> last(String group) {
    return last.filter(place -> place.group().equals(group));
  }

  /** Writes a line. */
  void line(String text) {
    try {
      byte[] line = (text + "\n").getBytes(StandardCharsets.UTF_8);
      out.write(line);
      bytes += line.length;
      lines++;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All lines up to {@code place} are written. */
  void reached(String cluster, Place place) {
    last = Optional.of(place);
    if (state.isEmpty()) {
      return;
    }
    try {
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    JSONObject reached = new JSONObject();
    reached.put("cluster", cluster);
    reached.put("group", place.group);
    reached.put("family", place.family);
    reached.put("after", place.after.toHex());
    place.tree.ifPresent(
        tree -> {
          reached.put("tree", tree.getKey());
          reached.put("treeName", tree.getValue().toHex());
        });
    reached.put("bytes", bytes);
    reached.put("lines", lines);
    state.get().save(reached);
  }

  /** Number of lines written. */
  long lines() {
    return lines;
  }

  /** All is written. */
  void done() throws IOException {
    out.flush();
    state.ifPresent(TransferState::delete);
  }

  @Override
  public void close() throws IOException {
    out.flush();
    if (state.isPresent()) {
      out.close();
    }
  }
}
