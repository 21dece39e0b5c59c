package io.raftwood.bench.torture.disk;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A directory for each node, on whatever disk this machine has. */
final class OrdinaryDisks implements Disks {
  private final Path base;
  private final String reason;

  /** Directories below {@code base}; {@code reason} says why they are nothing better. */
  OrdinaryDisks(Path base, String reason) {
    this.base = base;
    this.reason = reason;
  }

  @Override
  public String description() {
    return "directories (" + reason + ")";
  }

  @Override
  public Optional<String> limitation() {
    return Optional.of(reason);
  }

  @Override
  public Path directory(int node) {
    return base.resolve("n" + (node + 1));
  }

  @Override
  public void cut(List<Integer> nodes) throws IOException {
    throw new IOException("no faults of disks: " + reason);
  }

  @Override
  public void restore(List<Integer> nodes) throws IOException {
    throw new IOException("no faults of disks: " + reason);
  }

  @Override
  public void close() {
    // Nothing was made.
  }
}
