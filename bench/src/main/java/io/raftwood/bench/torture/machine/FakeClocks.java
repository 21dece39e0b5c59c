package io.raftwood.bench.torture.machine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Processes whose clocks are wrong, by libfaketime: it is loaded before all other libraries and
 * reads now and then from a file what to say.
 */
public final class FakeClocks {
  private static final List<Path> LIBRARIES =
      Stream.of("x86_64-linux-gnu", "aarch64-linux-gnu")
          .map(machine -> Path.of("/usr/lib", machine, "faketime", "libfaketimeMT.so.1"))
          .toList();

  private static final Path SHARED_MEMORY = Path.of("/dev/shm");

  private final Path library;

  private FakeClocks(Path library) {
    this.library = library;
  }

  /** Those of this machine; empty if libfaketime is not installed. */
  public static Optional<FakeClocks> find() {
    return LIBRARIES.stream().filter(Files::isReadable).findFirst().map(FakeClocks::new);
  }

  /** What must be in the environment of a process whose wall clock can be set in {@code file}. */
  public Map<String, String> ofWall(Path file) {
    return Map.of(
        "LD_PRELOAD", library.toString(),
        "FAKETIME_TIMESTAMP_FILE", file.toString(),
        "FAKETIME_CACHE_DURATION", "1",
        "FAKETIME_DONT_FAKE_MONOTONIC", "1",
        "FAKETIME_FORCE_MONOTONIC_FIX", "0");
  }

  /**
   * What must be in the environment of a process all of whose clocks go at {@code rate}, which is 1
   * for those that are right.
   */
  public Map<String, String> atRate(double rate) {
    return Map.of(
        "LD_PRELOAD",
        library.toString(),
        "FAKETIME",
        "+0 x" + rate,
        "FAKETIME_FORCE_MONOTONIC_FIX",
        "0");
  }

  /** Sets a wall clock so far ahead, or back. */
  public static void set(Path file, long seconds) throws IOException {
    // Replaced whole: the library must not read half of it.
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    String text = (seconds < 0 ? "" : "+") + seconds + "\n";
    Files.writeString(fresh, text, StandardCharsets.US_ASCII);
    Files.move(fresh, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
  }

  /** Takes away what the library leaves behind when its process is killed. */
  public static void cleanUp(long pid) {
    for (String name : List.of("faketime_shm_" + pid, "sem.faketime_sem_" + pid)) {
      try {
        Files.deleteIfExists(SHARED_MEMORY.resolve(name));
      } catch (IOException e) {
        // A few bytes of memory; somebody else's.
      }
    }
  }
}
