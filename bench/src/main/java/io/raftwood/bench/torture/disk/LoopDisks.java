package io.raftwood.bench.torture.disk;

import io.raftwood.bench.torture.machine.SystemCommand;
import io.raftwood.bench.torture.timeline.Waits;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An ext4 file system for each node, in a sparse file mounted by a loop device. A power cut is
 * ext4's own shutdown without a last write of its journal: nothing reaches the image any more, as
 * with a disk that has lost its power; what is in the page cache only is gone after the next mount.
 */
final class LoopDisks implements Disks {
  private static final long IMAGE_BYTES = 2L << 30;
  private static final String MAKE =
      "mkfs.ext4 -q -F -m 0 -E nodiscard,lazy_itable_init=1,lazy_journal_init=1";

  // Seldom, so that nothing is written that nobody has asked for by a sync.
  private static final String MOUNT = "mount -t ext4 -o loop,noatime,commit=60";

  // EXT4_IOC_SHUTDOWN = _IOR('X', 125, __u32), EXT4_GOING_FLAGS_NOLOGFLUSH = 2. Neither Java nor
  // the shell has ioctl; every Debian has perl.
  private static final String SHUT_DOWN =
      "for my $path (@ARGV) { sysopen(my $disk, $path, 0) or die \"$path: $!\\n\";"
          + " my $flags = pack('L', 2);"
          + " ioctl($disk, 0x8004587d, $flags) or die \"$path: $!\\n\"; }";

  private static final Pattern OURS = Pattern.compile("\\S+ (\\S+/rwt([0-9]+)-disk) .*");
  private static final Duration UNMOUNT_LIMIT = Duration.ofSeconds(20);

  private final Path base;
  private final List<Integer> mounted = new ArrayList<>();
  private boolean closed;

  private LoopDisks(Path base) {
    this.base = base;
  }

  /** Why this machine cannot have them; empty = it can. */
  static Optional<String> limitationHere() {
    return SystemCommand.limitation(
        "loop mounts",
        List.of("mkfs.ext4", "mount", "umount", "perl"),
        "e2fsprogs, mount and perl-base");
  }

  /** Makes and mounts them. */
  static LoopDisks open(int nodes, Path base) throws IOException {
    unmountAbandoned();
    LoopDisks disks = new LoopDisks(base);
    try {
      for (int node = 0; node < nodes; node++) {
        disks.make(node);
      }
      return disks;
    } catch (IOException e) {
      disks.close();
      throw e;
    }
  }

  @Override
  public String description() {
    return "an ext4 file system for each node, loop-mounted";
  }

  @Override
  public Optional<String> limitation() {
    return Optional.empty();
  }

  @Override
  public Path directory(int node) {
    return mountPoint(node);
  }

  @Override
  public synchronized void cut(List<Integer> nodes) throws IOException {
    List<String> words = new ArrayList<>(List.of("perl", "-e", SHUT_DOWN));
    nodes.forEach(node -> words.add(mountPoint(node).toString()));
    SystemCommand.run(words, "");
  }

  @Override
  public synchronized void restore(List<Integer> nodes) throws IOException {
    for (int node : nodes) {
      unmount(node);
    }
    if (closed) {
      return;
    }
    for (int node : nodes) {
      mount(node);
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    for (int node : List.copyOf(mounted)) {
      try {
        unmount(node);
      } catch (IOException e) {
        // The next run does it: it is abandoned then.
      }
    }
  }

  private void make(int node) throws IOException {
    Files.createDirectories(mountPoint(node));
    try (RandomAccessFile file = new RandomAccessFile(image(node).toFile(), "rw")) {
      file.setLength(IMAGE_BYTES);
    }
    run(MAKE, image(node));
    mount(node);
  }

  private void mount(int node) throws IOException {
    run(MOUNT, image(node), mountPoint(node));
    mounted.add(node);
  }

  /** A process that was just killed may still be on it for a moment. */
  private void unmount(int node) throws IOException {
    String[] problem = {""};
    boolean done =
        Waits.until(
            UNMOUNT_LIMIT,
            () -> {
              try {
                run("umount", mountPoint(node));
                return true;
              } catch (IOException e) {
                problem[0] = e.getMessage();
                throw e;
              }
            });
    if (!done) {
      throw new IOException(problem[0]);
    }
    mounted.remove((Integer) node);
  }

  private static void run(String words, Path... paths) throws IOException {
    List<String> all = new ArrayList<>(List.of(words.split(" ")));
    for (Path path : paths) {
      all.add(path.toString());
    }
    SystemCommand.run(all, "");
  }

  private Path image(int node) {
    return base.resolve("n" + (node + 1)).resolve("disk.img");
  }

  private Path mountPoint(int node) {
    String name = "rwt" + ProcessHandle.current().pid() + "-disk";
    return base.resolve("n" + (node + 1)).resolve(name);
  }

  /** Unmounts what earlier runs left behind that were killed. */
  private static void unmountAbandoned() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/mounts"))) {
      Matcher ours = OURS.matcher(line);
      if (ours.matches() && !Files.exists(Path.of("/proc", ours.group(2)))) {
        // Lazily: a server of that run may still be there.
        run("umount -l", Path.of(ours.group(1)));
      }
    }
  }
}
