package io.raftwood.bench.load;

import io.raftwood.bench.process.ProcessUsage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The servers under load, as processes of this machine. */
final class ServerProcesses {
  private final List<Long> pids;

  ServerProcesses(List<Long> pids) {
    this.pids = List.copyOf(pids);
  }

  /** The processes named by a dev cluster's files {@code n*.pid} in {@code data}. */
  static ServerProcesses of(Path data) {
    List<Long> pids = new ArrayList<>();
    if (Files.isDirectory(data)) {
      try (DirectoryStream<Path> nodes = Files.newDirectoryStream(data, "n*.pid")) {
        for (Path node : nodes) {
          pid(node).ifPresent(pids::add);
        }
      } catch (IOException e) {
        return new ServerProcesses(List.of());
      }
    }
    pids.sort(Long::compare);
    return new ServerProcesses(pids);
  }

  /** Whether any are known. */
  boolean known() {
    return !pids.isEmpty();
  }

  /** What each has used so far; empty if none are known or one of them does not run. */
  Optional<List<ProcessUsage>> usage() {
    List<ProcessUsage> usage = new ArrayList<>();
    for (long pid : pids) {
      try {
        usage.add(ProcessUsage.of(pid));
      } catch (IOException e) {
        return Optional.empty();
      }
    }
    return usage.isEmpty() ? Optional.empty() : Optional.of(usage);
  }

  private static Optional<Long> pid(Path file) {
    try {
      String text = Files.readString(file, StandardCharsets.US_ASCII).trim();
      return text.matches("[1-9][0-9]{0,9}") ? Optional.of(Long.parseLong(text)) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
