package io.raftwood.storage.rocksdb;

import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The place of one tablet: a directory {@code group@number} below the store's root.
 *
 * @param group the group's name: 1..64 of {@code A-Z a-z 0-9 . _ -}, not beginning with a dot
 * @param number from 0
 */
record Generation(String group, long number) {
  private static final Pattern GROUP = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]{0,63}");
  private static final Pattern DIRECTORY =
      Pattern.compile("(" + GROUP.pattern() + ")@(0|[1-9][0-9]{0,17})");

  /** Checks the name, which must not lead out of the root. */
  Generation {
    if (!GROUP.matcher(group).matches() || number < 0) {
      throw new IllegalArgumentException("not the name of a tablet: " + group + "@" + number);
    }
  }

  /** The generation whose directory is named so, if it is one. */
  static Optional<Generation> parse(String directory) {
    Matcher matcher = DIRECTORY.matcher(directory);
    return matcher.matches()
        ? Optional.of(new Generation(matcher.group(1), Long.parseLong(matcher.group(2))))
        : Optional.empty();
  }

  String directory() {
    return group + "@" + number;
  }

  Path below(Path root) {
    return root.resolve(directory());
  }

  Generation next() {
    return new Generation(group, number + 1);
  }
}
