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
public final class ServerProcesses {
  private final List<Long> pids;

  /** Those with these process ids. */
  public ServerProcesses(List<Long> pids) {
    this.pids = List.copyOf(pids);
  }

  /**
   * The processes of a development cluster: those named by the files {@code *.pid} in {@code data},
   * or {@code node-*}{@code /pid} below it.
   */
  public static ServerProcesses of(Path data) {
    List<Long> pids = new ArrayList<>();
    matching(data, "*.pid").forEach(file -> pid(file).ifPresent(pids::add));
    matching(data, "node-*").forEach(node -> pid(node.resolve("pid")).ifPresent(pids::add));
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

  /** Nothing if there is no such directory: then the servers are not known, which is no error. */
  private static List<Path> matching(Path directory, String glob) {
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, glob)) {
      files.forEach(found::add);
    } catch (IOException e) {
      return List.of();
    }
    return found;
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
