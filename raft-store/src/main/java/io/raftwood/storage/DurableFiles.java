package io.raftwood.storage;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * File operations that are on the disk when they return, or that say so when they are not. For
 * POSIX file systems, where a directory has to be synced for its names to last.
 */
public final class DurableFiles {
  private static final String TEMPORARY_SUFFIX = ".tmp";

  private DurableFiles() {}

  /**
   * Forces a file's content, or the names in a directory (not what the names stand for), to disk.
   */
  public static void sync(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /**
   * Makes {@code content} the content of {@code file}: a crash leaves the old file or the new one,
   * whole. {@code <file>.tmp} is used on the way.
   */
  public static void write(Path file, byte[] content) throws IOException {
    Path temporary = file.resolveSibling(file.getFileName() + TEMPORARY_SUFFIX);
    Files.write(temporary, content);
    sync(temporary);
    rename(temporary, file);
  }

  /** Renames within one directory, atomically, replacing a file of that name. */
  public static void rename(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    sync(to.toAbsolutePath().getParent());
  }

  /**
   * Gives {@code source} the second name {@code target}; where that is impossible (another file
   * system, a file system without hard links) copies it. The content is forced to disk, the name
   * not yet. Only for files that nobody changes any more.
   */
  public static void linkOrCopy(Path source, Path target) throws IOException {
    try {
      Files.createLink(target, source);
      sync(target);
    } catch (UnsupportedOperationException | FileSystemException e) {
      Files.deleteIfExists(target);
      copy(source, target);
    }
  }

  /** Copies {@code source}; the content is forced to disk, the name not yet. */
  public static void copy(Path source, Path target) throws IOException {
    Files.copy(source, target);
    sync(target);
  }

  /** Deletes {@code directory} and all below it; nothing happens if it is absent. */
  public static void deleteTree(Path directory) throws IOException {
    if (Files.notExists(directory)) {
      return;
    }
    Files.walkFileTree(
        directory,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, IOException failure)
              throws IOException {
            if (failure != null) {
              throw failure;
            }
            Files.delete(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
