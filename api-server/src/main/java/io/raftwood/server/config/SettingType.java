package io.raftwood.server.config;

/**
 * How the text of a setting becomes a value and what values it may have.
 *
 * @param <T> the value's type; values are immutable
 */
interface SettingType<T> {
  /**
   * Reads {@code text}; its range is left to {@link #allows}.
   *
   * @throws ConfigException when {@code text} does not have the form
   */
  T parse(String text);

  /** The canonical text of {@code value}; {@link #parse} reads it back. */
  String format(T value);

  /** Whether {@code value} is in the range. */
  boolean allows(T value);

  /** The form and the range in a few words: {@code 1..65535}. */
  String range();
}
