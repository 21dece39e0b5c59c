package io.raftwood.cli.tree;

import io.raftwood.bytes.Bytes;
import io.raftwood.cli.call.CallExitCode;
import io.raftwood.cli.call.CallFailureException;
import io.raftwood.cli.call.CallRequest;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * Cuts the lines of a file into bodies of {@code POST /dt/load}. Methods throw {@link
 * CallFailureException}. For one thread.
 */
final class LoadChunks {
  /** A body ends behind the line that reaches this. */
  private static final int BODY_BYTES = 1 << 20;

  /** The longest key and value, each of their bytes written as three. */
  private static final int LINE_MAX = 3 * (4096 + 1_048_576) + 1;

  private final InputStream in;
  private final Form form;
  private final int linesMax;
  private long lines;
  private long bytes;

  /**
   * How lines are written.
   *
   * @param plain as they are; else they are percent-encoded already
   * @param value of plain lines without a tab
   */
  record Form(boolean plain, Bytes value) {}

  /**
   * A body.
   *
   * @param firstLine the number of its first line in the file, from 1
   * @param lines number of its lines
   */
  record Chunk(Bytes body, long firstLine, int lines) {
    /** The number of its last line. */
    long lastLine() {
      return firstLine + lines - 1;
    }
  }

  /** The lines of {@code in}, at most {@code linesMax} in a body. */
  LoadChunks(InputStream in, Form form, int linesMax) {
    this.in = new BufferedInputStream(in, 1 << 16);
    this.form = form;
    this.linesMax = linesMax;
  }

  /** Number of bytes taken from the input so far. */
  long bytesRead() {
    return bytes;
  }

  /** The next body; none at the end. */
  Optional<Chunk> next() {
    long first = lines + 1;
    int count = 0;
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    while (count < linesMax && body.size() < BODY_BYTES) {
      Optional<Bytes> line = line();
      if (line.isEmpty()) {
        break;
      }
      body.writeBytes(encoded(line.get()).unsafeArray());
      body.write('\n');
      count++;
    }
    return count == 0
        ? Optional.empty()
        : Optional.of(new Chunk(Bytes.wrap(body.toByteArray()), first, count));
  }

  private Bytes encoded(Bytes line) {
    if (!form.plain) {
      return line;
    }
    int tab = 0;
    while (tab < line.length() && line.at(tab) != '\t') {
      tab++;
    }
    Bytes value = tab < line.length() ? line.slice(tab + 1) : form.value;
    return Bytes.utf8(CallRequest.encoded(line.slice(0, tab)) + "\t" + CallRequest.encoded(value));
  }

  private Optional<Bytes> line() {
    try {
      ByteArrayOutputStream line = new ByteArrayOutputStream(64);
      int next = in.read();
      if (next < 0) {
        return Optional.empty();
      }
      lines++;
      for (; next >= 0; next = in.read()) {
        bytes++;
        if (next == '\n') {
          break;
        }
        if (line.size() == LINE_MAX) {
          throw new CallFailureException(
              CallExitCode.FAILED, "line " + lines + " is longer than " + LINE_MAX + " bytes");
        }
        line.write(next);
      }
      return Optional.of(Bytes.wrap(line.toByteArray()));
    } catch (IOException e) {
      throw new CallFailureException(
          CallExitCode.FAILED, "cannot read behind line " + lines + ": " + e);
    }
  }
}
