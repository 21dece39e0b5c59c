package io.raftwood.it;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The program as it is shipped: the jars that the build has put together, and class data made of
 * them once for all tests, because these start hundreds of nodes. Where a test is not run by the
 * build ({@code raftwood.it.lib} is not set), the classes of this JVM stand in.
 */
final class PackagedProgram {
  private static final Optional<PackagedProgram> INSTANCE = find();

  private final Path lib;
  private final Path classData;

  private PackagedProgram(Path lib) {
    this.lib = lib;
    this.classData = lib.resolveSibling("it.jsa");
  }

  /** What comes behind {@code java} and before the main class, for the program of this build. */
  static List<String> javaOptions() {
    return INSTANCE
        .map(PackagedProgram::options)
        .orElseGet(() -> List.of("-cp", classPathOfThisJvm()));
  }

  private static Optional<PackagedProgram> find() {
    String lib = TestSettings.text("lib", "");
    if (lib.isEmpty() || !Files.isDirectory(Path.of(lib))) {
      return Optional.empty();
    }
    PackagedProgram program = new PackagedProgram(Path.of(lib).toAbsolutePath());
    try {
      program.makeClassData();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Optional.of(program);
  }

  private List<String> options() {
    List<String> options = new ArrayList<>();
    if (Files.exists(classData)) {
      options.addAll(
          List.of(
              "-XX:SharedArchiveFile=" + classData,
              "-Xlog:cds=off,cds+dynamic=off,class+path=off"));
    }
    options.addAll(List.of("-cp", jars()));
    return options;
  }

  private String jars() {
    try (Stream<Path> files = Files.list(lib)) {
      return files.sorted().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Once for each build, though several test JVMs begin at the same time. */
  private void makeClassData() throws IOException {
    Path lock = lib.resolveSibling("it.jsa.lock");
    Path log = lib.resolveSibling("it.jsa.log");
    try (FileChannel channel =
        FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      channel.lock();
      if (newest()
          <= (Files.exists(classData) ? Files.getLastModifiedTime(classData).toMillis() : 0)) {
        return;
      }
      Files.deleteIfExists(classData);
      List<String> command = new ArrayList<>();
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.addAll(ServerProcess.inheritedFlags());
      command.addAll(List.of("-cp", jars(), "io.raftwood.cli.RaftwoodMain", "class-data"));
      command.addAll(List.of("--file", classData.toString()));
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      if (!process.waitFor(5, TimeUnit.MINUTES) || process.exitValue() != 0) {
        process.destroyForcibly();
        throw new AssertionError("'raftwood class-data' failed: " + Files.readString(log));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  private long newest() throws IOException {
    long newest = 0;
    try (Stream<Path> files = Files.list(lib)) {
      for (Path file : files.toList()) {
        newest = Math.max(newest, Files.getLastModifiedTime(file).toMillis());
      }
    }
    return newest;
  }

  /** Surefire hides the real class path behind a jar of its own and tells it in a property. */
  private static String classPathOfThisJvm() {
    String hidden = System.getProperty("surefire.test.class.path", "");
    String path = hidden.isEmpty() ? System.getProperty("java.class.path") : hidden;
    List<String> entries = new ArrayList<>();
    for (String entry : path.split(File.pathSeparator)) {
      entries.add(Path.of(entry).toAbsolutePath().toString());
    }
    return String.join(File.pathSeparator, entries);
  }
}
