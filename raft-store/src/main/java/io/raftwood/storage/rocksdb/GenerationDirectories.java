package io.raftwood.storage.rocksdb;

import io.raftwood.storage.DurableFiles;
import io.raftwood.storage.SnapshotManifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The directories below a store's root. A directory named {@code group@number} is complete: it is
 * built under the name {@code .installing-group@number} and renamed when all of it is on disk, and
 * renamed to {@code .deleting-group@number} before its first file is deleted. So a crash at any
 * moment leaves complete generations and leftovers that tell by their names what they are.
 *
 * <p>Not thread-safe for one group; different groups do not meet.
 */
final class GenerationDirectories {
  private static final String INSTALLING = ".installing-";
  private static final String DELETING = ".deleting-";
  private static final String TABLE_SUFFIX = ".sst";

  private final Path root;
  private final Consumer<InstallStep> steps;

  /** Makes {@code root} if it is missing; hands every step of an installation to {@code steps}. */
  GenerationDirectories(Path root, Consumer<InstallStep> steps) throws IOException {
    this.root = Files.createDirectories(root);
    this.steps = steps;
  }

  /** Builds or tries the content of a directory. */
  interface Content {
    void in(Path directory) throws IOException;
  }

  Path path(Generation generation) {
    return generation.below(root);
  }

  /** The complete generations of all groups, ascending by group, then by number. */
  List<Generation> complete() throws IOException {
    return names().stream()
        .flatMap(name -> Generation.parse(name).stream())
        .sorted(Comparator.comparing(Generation::group).thenComparing(Generation::number))
        .collect(Collectors.toList());
  }

  /** The complete generations of one group, ascending. */
  List<Generation> complete(String group) throws IOException {
    return complete().stream()
        .filter(generation -> generation.group().equals(group))
        .collect(Collectors.toList());
  }

  Optional<Generation> newest(String group) throws IOException {
    List<Generation> complete = complete(group);
    return complete.isEmpty() ? Optional.empty() : Optional.of(complete.get(complete.size() - 1));
  }

  /** Deletes what a crash left half built or half deleted: of one group, or of all. */
  void sweep(Optional<String> group) throws IOException {
    for (String name : names()) {
      if (isLeftover(name, group)) {
        DurableFiles.deleteTree(root.resolve(name));
      }
    }
  }

  private static boolean isLeftover(String name, Optional<String> group) {
    return Stream.of(INSTALLING, DELETING)
        .filter(name::startsWith)
        .flatMap(prefix -> Generation.parse(name.substring(prefix.length())).stream())
        .anyMatch(generation -> group.isEmpty() || generation.group().equals(group.get()));
  }

  private List<String> names() throws IOException {
    try (Stream<Path> paths = Files.list(root)) {
      return paths.map(path -> path.getFileName().toString()).collect(Collectors.toList());
    }
  }

  /** Makes a generation whose content is what {@code content} puts into the directory. */
  void create(Generation generation, Content content) throws IOException {
    Path temporary = temporary(generation);
    content.in(temporary);
    publish(temporary, generation);
  }

  /**
   * Makes a generation from the files of {@code checkpoint}, which stays as it is. Tables are never
   * changed by RocksDB, so they are linked; all else is copied, since the open database goes on
   * writing some of it.
   *
   * @param trial opens and closes the directory before it counts, so that a checkpoint that RocksDB
   *     refuses does not replace a generation that works
   */
  void install(Generation generation, Path checkpoint, Content trial) throws IOException {
    Path temporary = temporary(generation);
    Files.createDirectory(temporary);
    steps.accept(InstallStep.DIRECTORY_MADE);
    for (Path file : filesOf(checkpoint)) {
      place(file, temporary.resolve(file.getFileName()));
      steps.accept(InstallStep.FILE_PLACED);
    }
    DurableFiles.sync(temporary);
    steps.accept(InstallStep.SYNCED);
    trial.in(temporary);
    steps.accept(InstallStep.TRIED);
    publish(temporary, generation);
    steps.accept(InstallStep.DONE);
  }

  private static List<Path> filesOf(Path checkpoint) throws IOException {
    try (Stream<Path> files = Files.list(checkpoint)) {
      return files
          .filter(file -> !file.getFileName().toString().equals(SnapshotManifest.FILE_NAME))
          .sorted()
          .collect(Collectors.toList());
    }
  }

  private static void place(Path source, Path target) throws IOException {
    if (source.getFileName().toString().endsWith(TABLE_SUFFIX)) {
      DurableFiles.linkOrCopy(source, target);
    } else {
      DurableFiles.copy(source, target);
    }
  }

  private Path temporary(Generation generation) throws IOException {
    Path temporary = root.resolve(INSTALLING + generation.directory());
    DurableFiles.deleteTree(temporary);
    return temporary;
  }

  private void publish(Path temporary, Generation generation) throws IOException {
    DurableFiles.sync(temporary);
    Files.move(temporary, path(generation), StandardCopyOption.ATOMIC_MOVE);
    steps.accept(InstallStep.RENAMED);
    DurableFiles.sync(root);
  }

  /**
   * Deletes generations, in the order given: a crash leaves each of them complete or gone, and none
   * gone before those in front of it.
   */
  void delete(List<Generation> generations) throws IOException {
    for (Generation generation : generations) {
      Path doomed = root.resolve(DELETING + generation.directory());
      DurableFiles.deleteTree(doomed);
      DurableFiles.rename(path(generation), doomed);
      DurableFiles.deleteTree(doomed);
    }
  }
}
