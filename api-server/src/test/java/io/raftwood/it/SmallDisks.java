package io.raftwood.it;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * File systems of a few megabytes, one for each node's data directory, that a ballast file fills.
 * Needs the right to mount.
 */
final class SmallDisks implements AutoCloseable {
  private static final long LIMIT_SECONDS = 20;
  private static final String BALLAST = "ballast";
  private static final int BLOCK = 4096;

  private final List<Path> mounted = new ArrayList<>();
  private final Thread lastResort = new Thread(this::unmount);

  private SmallDisks() {}

  /** Why there can be none below {@code directory}; empty if there can. */
  static Optional<String> objection(Path directory) throws IOException {
    Path probe = Files.createDirectories(directory.resolve("probe"));
    try {
      mount(probe, 1);
      run("umount", probe.toString());
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of("no file system can be mounted here: " + e.getMessage());
    }
  }

  /** Mounts {@code directories}, which are made, each with a file system of its own. */
  static SmallDisks mount(List<Path> directories, int mebibytes) throws IOException {
    SmallDisks disks = new SmallDisks();
    Runtime.getRuntime().addShutdownHook(disks.lastResort);
    try {
      for (Path directory : directories) {
        mount(Files.createDirectories(directory), mebibytes);
        disks.mounted.add(directory);
      }
      return disks;
    } catch (IOException e) {
      disks.close();
      throw e;
    }
  }

  private static void mount(Path directory, int mebibytes) throws IOException {
    run("mount", "-t", "tmpfs", "-o", "size=" + mebibytes + "m", "tmpfs", directory.toString());
  }

  /** Fills the disk of {@code directory} up to so many free bytes; 0 = until nothing more fits. */
  void fill(Path directory, long free) throws IOException {
    Path ballast = directory.resolve(BALLAST);
    FileStore store = Files.getFileStore(directory);
    byte[] block = new byte[BLOCK];
    try (var out =
        Files.newOutputStream(ballast, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      while (store.getUsableSpace() > free) {
        out.write(block);
      }
    } catch (IOException e) {
      if (free > 0 || store.getUsableSpace() > 0) {
        throw e;
      }
    }
  }

  /** Takes the ballast away. */
  void empty(Path directory) throws IOException {
    Files.deleteIfExists(directory.resolve(BALLAST));
  }

  private static void run(String... words) throws IOException {
    Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
    try {
      process.getOutputStream().close();
      String said =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).trim();
      if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new IOException(String.join(" ", words) + ": " + said);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } finally {
      process.destroyForcibly();
    }
  }

  private void unmount() {
    for (Path directory : mounted) {
      try {
        // Lazily: a process that has just been killed may still hold files.
        run("umount", "-l", directory.toString());
      } catch (IOException e) {
        TestSettings.say("small disks", e.getMessage());
      }
    }
    mounted.clear();
  }

  @Override
  public void close() {
    unmount();
    Runtime.getRuntime().removeShutdownHook(lastResort);
  }
}
