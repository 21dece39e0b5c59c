package io.raftwood.cli.call;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;

/**
 * Where bytes come from and go to. The streams are the caller's: nothing here closes them.
 *
 * @param in standard input
 * @param out standard output, unbuffered
 * @param terminal whether {@code out} is one; asked at most once for each command
 * @param errTerminal whether standard error is one
 */
public record CallStreams(
    InputStream in, OutputStream out, BooleanSupplier terminal, BooleanSupplier errTerminal) {
  /** Those of this process. */
  public static CallStreams ofProcess() {
    return new CallStreams(
        new FileInputStream(FileDescriptor.in),
        new FileOutputStream(FileDescriptor.out),
        () -> isTerminal(1),
        () -> isTerminal(2));
  }

  /** The JDK knows only whether input and output both are one, and that only before JDK 22. */
  private static boolean isTerminal(int descriptor) {
    Path link = Path.of("/proc/self/fd/" + descriptor);
    if (!Files.isSymbolicLink(link)) {
      return System.console() != null;
    }
    try {
      Path target = Files.readSymbolicLink(link);
      return target.startsWith("/dev/pts")
          || target.toString().startsWith("/dev/tty")
          || target.toString().equals("/dev/console");
    } catch (IOException e) {
      return false;
    }
  }
}
