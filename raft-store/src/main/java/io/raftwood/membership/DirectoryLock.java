package io.raftwood.membership;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** Locks of directories: one process at a time. */
final class DirectoryLock {
  private DirectoryLock() {}

  /**
   * Locks {@code file}, made if need be, until the channel is closed; empty while another process,
   * or another node of this process, holds it. Does not wait.
   */
  static Optional<FileChannel> tryLock(Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (channel.tryLock() != null) {
        return Optional.of(channel);
      }
    } catch (OverlappingFileLockException e) {
      // Held by another node in this very process (tests do that).
    }
    channel.close();
    return Optional.empty();
  }
}
