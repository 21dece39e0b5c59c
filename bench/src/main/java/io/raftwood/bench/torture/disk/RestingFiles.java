package io.raftwood.bench.torture.disk;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;

/** The files of a node that does not run, and what a bad disk can do to one of them. */
public enum RestingFiles {
  /** Of the Raft logs: write-ahead logs, tables, lists of files. */
  LOG("raft/[^/]+/log/([0-9]+\\.(log|sst)|MANIFEST-[0-9]+|CURRENT)"),
  /** Of the replicas' state. */
  TABLET("tablets/[^/]+@[0-9]+/([0-9]+\\.sst|MANIFEST-[0-9]+|CURRENT)"),
  /** All that a stored snapshot consists of. */
  SNAPSHOT("raft/[^/]+/snapshot/snapshot_[0-9]+/.+");

  private static final int CUT_MAX = 4096;

  private final String pattern;

  RestingFiles(String pattern) {
    this.pattern = pattern;
  }

  /** What people call them. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Flips one bit of one of them.
   *
   * @param data the node's data directory, which nobody uses
   * @return what was done, for people; empty = there is no such file
   */
  public Optional<String> flip(Path data, Random random) throws IOException {
    Optional<Path> chosen = choose(data, random);
    if (chosen.isEmpty()) {
      return Optional.empty();
    }
    try (RandomAccessFile file = new RandomAccessFile(chosen.get().toFile(), "rw")) {
      long at = (long) (random.nextDouble() * file.length());
      int bit = random.nextInt(Byte.SIZE);
      file.seek(at);
      int old = file.read();
      file.seek(at);
      file.write(old ^ (1 << bit));
      return Optional.of(data.relativize(chosen.get()) + ": bit " + bit + " of byte " + at);
    }
  }

  /**
   * Cuts the end of one of them off: 1 to 4096 bytes.
   *
   * @param data the node's data directory, which nobody uses
   * @return what was done, for people; empty = there is no such file
   */
  public Optional<String> cut(Path data, Random random) throws IOException {
    Optional<Path> chosen = choose(data, random);
    if (chosen.isEmpty()) {
      return Optional.empty();
    }
    try (RandomAccessFile file = new RandomAccessFile(chosen.get().toFile(), "rw")) {
      long length = file.length();
      long cut = 1L + random.nextInt((int) Math.min(length, CUT_MAX));
      file.setLength(length - cut);
      return Optional.of(
          data.relativize(chosen.get()) + ": the last " + cut + " of " + length + " bytes");
    }
  }

  private Optional<Path> choose(Path data, Random random) throws IOException {
    try (Stream<Path> all = Files.walk(data)) {
      List<Path> files =
          all.filter(file -> data.relativize(file).toString().matches(pattern))
              .filter(file -> Files.isRegularFile(file) && file.toFile().length() > 0)
              .sorted()
              .toList();
      return files.isEmpty()
          ? Optional.empty()
          : Optional.of(files.get(random.nextInt(files.size())));
    }
  }
}
