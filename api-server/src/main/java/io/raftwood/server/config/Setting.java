package io.raftwood.server.config;

import java.util.Locale;

/**
 * One setting: all that loader, printer, documentation and records know of it.
 *
 * @param <T> the value's type
 * @param key dotted, kebab-case: {@code http.io-threads}
 * @param type its form and range
 * @param defaultText the default's canonical text
 * @param doc what it decides, in one sentence
 */
public record Setting<T>(String key, SettingType<T> type, String defaultText, String doc) {
  /** The environment variable that sets it: {@code RAFTWOOD_HTTP_IO_THREADS}. */
  public String variable() {
    return "RAFTWOOD_" + key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }

  /** The default. */
  public T defaultValue() {
    return parse(defaultText);
  }

  /** Its form and range in a few words: {@code 1..65535}. */
  public String range() {
    return type.range();
  }

  /**
   * Reads {@code text} and checks its range.
   *
   * @throws ConfigException when {@code text} has not the form or is out of range
   */
  public T parse(String text) {
    T value;
    try {
      value = type.parse(text);
    } catch (ConfigException e) {
      throw new ConfigException(
          key + ": '" + text + "' cannot be used: " + e.getMessage() + "; allowed: " + range(), e);
    }
    return require(value);
  }

  /**
   * Returns {@code value}.
   *
   * @throws ConfigException when {@code value} is out of range
   */
  public T require(T value) {
    if (!type.allows(value)) {
      throw new ConfigException(
          key + ": '" + type.format(value) + "' is out of range; allowed: " + range());
    }
    return value;
  }
}
