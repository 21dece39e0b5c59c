package io.raftwood.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each command of {@code kv}, {@code tree} and {@code user}, against three processes: a line of
 * {@code data-commands.txt} is a command and, behind {@code =>}, what it prints with its line ends
 * as spaces.
 */
class DataCommandsIT {
  private static final Path SCREENS = Path.of("..", "docs", "commands.md");
  private static final String HEADING = "## raftwood ";

  @TempDir Path directory;

  @Test
  void everyCommandDoesWhatItSays() throws Exception {
    List<String> lines =
        new String(
                getClass().getResourceAsStream("data-commands.txt").readAllBytes(),
                StandardCharsets.UTF_8)
            .lines()
            .filter(line -> !line.isBlank() && !line.startsWith("#"))
            .toList();
    Files.writeString(directory.resolve("password"), "a long password\n");
    Files.writeString(directory.resolve("htpasswd"), "carol:secret of carol\n");
    try (ProcessCluster cluster = ProcessCluster.start(ClusterSpec.threeNodes(), directory)) {
      CommandsHere commands = new CommandsHere(cluster);
      for (String line : lines) {
        String[] both = line.split("=>", 2);
        String command = both[0].strip().replace("$DIR", directory.toString());
        String printed = commands.run(command).ok().replaceAll("\\s+", " ").strip();
        assertThat(printed).as(command).matches(both[1].strip());
      }
    }
    assertThat(commandsOf(lines)).containsAll(documented());
  }

  private static Set<String> commandsOf(List<String> lines) throws IOException {
    Set<String> known = documented();
    return lines.stream()
        .flatMap(line -> known.stream().filter(name -> line.startsWith(name + " ")))
        .collect(Collectors.toSet());
  }

  /** The commands without commands below them, as the page of all screens has them. */
  private static Set<String> documented() throws IOException {
    List<String> all =
        Files.readAllLines(SCREENS).stream()
            .filter(line -> line.startsWith(HEADING))
            .map(line -> line.substring(HEADING.length()))
            .toList();
    return all.stream()
        .filter(name -> name.matches("(kv|tree|user) .*") && !name.equals("kv shell"))
        .filter(name -> all.stream().noneMatch(other -> other.startsWith(name + " ")))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
