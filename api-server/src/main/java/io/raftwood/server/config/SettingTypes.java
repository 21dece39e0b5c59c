package io.raftwood.server.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The types that settings can have. */
final class SettingTypes {
  private static final int PATH_LENGTH_MAX = 4096;

  private SettingTypes() {}

  /** Any text that passes {@code allowed}, described by {@code range}. */
  static SettingType<String> text(String range, Predicate<String> allowed) {
    return new Plain<>(range, Function.identity(), Function.identity(), allowed);
  }

  /** As {@link #text}; the empty text stands for none. */
  static SettingType<Optional<String>> optionalText(String range, Predicate<String> allowed) {
    return new Plain<>(
        range,
        text -> text.isEmpty() ? Optional.empty() : Optional.of(text),
        value -> value.orElse(""),
        value -> value.isEmpty() || allowed.test(value.get()));
  }

  /** A path; relative ones start at the working directory of the process. */
  static SettingType<Path> path() {
    return new Plain<>(
        "a path", SettingTypes::parsePath, Path::toString, path -> !path.toString().isEmpty());
  }

  /** A path; the empty text stands for none. */
  static SettingType<Optional<Path>> optionalPath() {
    return new Plain<>(
        "a path, or empty",
        text -> text.isEmpty() ? Optional.empty() : Optional.of(parsePath(text)),
        value -> value.map(Path::toString).orElse(""),
        value -> true);
  }

  /** {@code true} or {@code false}. */
  static SettingType<Boolean> flag() {
    return new Plain<>("true or false", SettingTypes::parseFlag, String::valueOf, value -> true);
  }

  /** A whole number. */
  static SettingType<Integer> integer(int min, int max) {
    return new Plain<>(
        min + ".." + max,
        SettingTypes::parseInteger,
        String::valueOf,
        value -> value >= min && value <= max);
  }

  /** A number of bytes with a unit. */
  static SettingType<Long> bytes(long min, long max) {
    return new Plain<>(
        Units.formatBytes(min) + ".." + Units.formatBytes(max),
        Units::parseBytes,
        Units::formatBytes,
        value -> value >= min && value <= max);
  }

  /** A time with a unit. */
  static SettingType<Duration> duration(Duration min, Duration max) {
    return new Plain<>(
        Units.formatDuration(min) + ".." + Units.formatDuration(max),
        Units::parseDuration,
        Units::formatDuration,
        value -> value.compareTo(min) >= 0 && value.compareTo(max) <= 0);
  }

  /** One of an enum's constants, written in lower case. */
  static <E extends Enum<E>> SettingType<E> choice(Class<E> type) {
    List<String> names =
        Arrays.stream(type.getEnumConstants()).map(SettingTypes::lowerCase).toList();
    return new Plain<>(
        String.join(", ", names),
        text -> {
          if (!names.contains(text)) {
            throw new ConfigException("not one of " + String.join(", ", names));
          }
          return Enum.valueOf(type, text.toUpperCase(Locale.ROOT));
        },
        SettingTypes::lowerCase,
        value -> true);
  }

  /** A list of nodes, separated by commas in text. */
  static SettingType<List<InitialNode>> nodes(int max) {
    return new Plain<>(
        "0.." + max + " nodes, each NAME=HTTP-HOST:PORT/RAFT-HOST:PORT or {name, http, raft}",
        SettingTypes::parseNodes,
        nodes -> nodes.stream().map(InitialNode::toString).collect(Collectors.joining(",")),
        nodes -> nodes.size() <= max);
  }

  private static String lowerCase(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private static Path parsePath(String text) {
    if (text.length() > PATH_LENGTH_MAX) {
      throw new ConfigException("longer than " + PATH_LENGTH_MAX + " characters");
    }
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new ConfigException("not a path: " + e.getReason(), e);
    }
  }

  private static boolean parseFlag(String text) {
    if (!text.equals("true") && !text.equals("false")) {
      throw new ConfigException("neither true nor false");
    }
    return text.equals("true");
  }

  private static int parseInteger(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new ConfigException("not a whole number", e);
    }
  }

  private static List<InitialNode> parseNodes(String text) {
    if (text.isBlank()) {
      return List.of();
    }
    return Arrays.stream(text.split(",", -1)).map(String::strip).map(InitialNode::parse).toList();
  }

  /** A type made of its four parts. */
  private record Plain<T>(
      String range, Function<String, T> parser, Function<T, String> printer, Predicate<T> allowed)
      implements SettingType<T> {
    @Override
    public T parse(String text) {
      return parser.apply(text);
    }

    @Override
    public String format(T value) {
      return printer.apply(value);
    }

    @Override
    public boolean allows(T value) {
      return allowed.test(value);
    }
  }
}
