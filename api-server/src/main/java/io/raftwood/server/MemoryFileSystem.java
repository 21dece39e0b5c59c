package io.raftwood.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Tells file systems in memory from others, by the mount table of Linux. */
final class MemoryFileSystem {
  private static final Path MOUNTS = Path.of("/proc/mounts");
  private static final Set<String> IN_MEMORY = Set.of("tmpfs", "ramfs");
  private static final int OCTAL_DIGITS = 3;

  private MemoryFileSystem() {}

  /**
   * Why {@code directory}, which need not exist yet, is not in memory; empty if it is.
   *
   * @throws IOException when the mount table cannot be read
   */
  static Optional<String> objection(Path directory) throws IOException {
    if (!Files.isReadable(MOUNTS)) {
      return Optional.of("there is no " + MOUNTS + " to tell whether it is in memory");
    }
    return objection(existing(directory), Files.readAllLines(MOUNTS, StandardCharsets.UTF_8));
  }

  static Optional<String> objection(Path directory, List<String> mounts) {
    Path best = Path.of("/");
    String type = "unknown";
    for (String line : mounts) {
      String[] fields = line.split(" ");
      if (fields.length > 2) {
        Path point = Path.of(unescaped(fields[1]));
        // Of two mounts on one point the later one counts.
        if (directory.startsWith(point) && point.getNameCount() >= best.getNameCount()) {
          best = point;
          type = fields[2];
        }
      }
    }
    return IN_MEMORY.contains(type)
        ? Optional.empty()
        : Optional.of("it is on " + type + ", not on tmpfs or ramfs");
  }

  /** The nearest directory that exists, without symbolic links. */
  private static Path existing(Path directory) throws IOException {
    Path found = directory.toAbsolutePath().normalize();
    while (!Files.exists(found)) {
      found = found.getParent();
    }
    return found.toRealPath();
  }

  /** Blanks and the like are written as a backslash and three octal digits. */
  private static String unescaped(String field) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < field.length(); i++) {
      if (field.charAt(i) == '\\' && i + OCTAL_DIGITS < field.length()) {
        text.append((char) Integer.parseInt(field.substring(i + 1, i + 1 + OCTAL_DIGITS), 8));
        i += OCTAL_DIGITS;
      } else {
        text.append(field.charAt(i));
      }
    }
    return text.toString();
  }
}
