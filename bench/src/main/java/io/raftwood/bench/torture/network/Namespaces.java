package io.raftwood.bench.torture.network;

import io.raftwood.bench.torture.machine.SystemCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The network namespaces that torture runs made, by their names: {@code rwt<pid>-<part>}, where the
 * pid is the one of the program that made them.
 */
final class Namespaces {
  private static final Pattern OURS = Pattern.compile("rwt([0-9]+)-[a-z0-9]+");

  private Namespaces() {}

  /** Why this machine cannot have them; empty = it can. */
  static Optional<String> limitation() {
    return SystemCommand.limitation(
        "network namespaces",
        List.of("ip", "nsenter", "nft", "tc"),
        "iproute2, nftables and util-linux");
  }

  /** Prefix of the names that this process gives. */
  static String prefix() {
    return "rwt" + ProcessHandle.current().pid();
  }

  /** The words that run a command in namespace {@code name}. */
  static List<String> enter(String name) {
    return List.of("nsenter", "--net=/run/netns/" + name);
  }

  /** Deletes what earlier runs left behind that were killed, with the processes in it. */
  static void deleteAbandoned() throws IOException {
    for (String line : SystemCommand.run("ip netns list").split("\n")) {
      String name = line.split(" ")[0];
      Matcher ours = OURS.matcher(name);
      boolean abandoned = ours.matches() && !Files.exists(Path.of("/proc", ours.group(1)));
      if (abandoned) {
        delete(name);
      }
    }
  }

  /** Ends all processes in a namespace and deletes it. */
  static void delete(String name) throws IOException {
    String pids = SystemCommand.run("ip netns pids " + name);
    Arrays.stream(pids.split("\\s+"))
        .filter(pid -> pid.matches("[0-9]+"))
        .flatMap(pid -> ProcessHandle.of(Long.parseLong(pid)).stream())
        .forEach(ProcessHandle::destroyForcibly);
    SystemCommand.run("ip netns del " + name);
  }
}
