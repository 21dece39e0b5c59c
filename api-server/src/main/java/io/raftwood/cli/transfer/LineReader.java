package io.raftwood.cli.transfer;

import io.raftwood.cli.call.CallExitCode;
import io.raftwood.cli.call.CallFailureException;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Lines of UTF-8, counted in bytes. For one thread. */
final class LineReader {
  /** The largest value, each byte of it written as six. */
  private static final int LINE_BYTES_MAX = 7 * (32 << 20);

  private final InputStream in;
  private long lines;
  private long bytes;

  /** The lines of {@code in}, which begins behind {@code lines} lines of {@code bytes} bytes. */
  LineReader(InputStream in, long lines, long bytes) {
    this.in = new BufferedInputStream(in, 1 << 16);
    this.lines = lines;
    this.bytes = bytes;
  }

  /** Number of the last line. */
  long lines() {
    return lines;
  }

  /** Number of bytes up to the end of the last line. */
  long bytes() {
    return bytes;
  }

  /** The next line without its end. */
  Optional<String> next() throws IOException {
    int unit = in.read();
    if (unit < 0) {
      return Optional.empty();
    }
    lines++;
    ByteArrayOutputStream line = new ByteArrayOutputStream(256);
    for (; unit >= 0; unit = in.read()) {
      bytes++;
      if (unit == '\n') {
        break;
      }
      if (line.size() == LINE_BYTES_MAX) {
        throw new CallFailureException(
            CallExitCode.FAILED, "line " + lines + " is longer than " + LINE_BYTES_MAX + " bytes");
      }
      line.write(unit);
    }
    return Optional.of(line.toString(StandardCharsets.UTF_8));
  }
}
