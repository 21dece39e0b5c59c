package io.raftwood.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/guarantees.md} names tests; they exist. */
class GuaranteesPageTest {
  private static final Path ROOT = Path.of("..");
  private static final Pattern TEST = Pattern.compile("`([A-Z][A-Za-z0-9]*(?:Test|IT))`");

  @Test
  void everyTestThatThePageNamesExists() throws IOException {
    String page = Files.readString(ROOT.resolve("docs").resolve("guarantees.md"));
    Set<String> named = new TreeSet<>();
    TEST.matcher(page).results().forEach(result -> named.add(result.group(1)));
    assertThat(named).hasSizeGreaterThan(40);
    Set<String> there = new TreeSet<>();
    for (String module : new String[] {"raft-store", "dt-raft", "api-server", "bench"}) {
      there.addAll(classes(ROOT.resolve(module).resolve(Path.of("src", "test", "java"))));
    }
    assertThat(there).containsAll(named);
  }

  private static Set<String> classes(Path sources) throws IOException {
    try (Stream<Path> files = Files.walk(sources)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".java"))
          .map(name -> name.substring(0, name.length() - ".java".length()))
          .collect(Collectors.toSet());
    }
  }
}
