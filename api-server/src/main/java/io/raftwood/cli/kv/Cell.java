package io.raftwood.cli.kv;

import io.raftwood.bytes.Bytes;
import java.util.Locale;
import java.util.Optional;

/**
 * A named part of a result.
 *
 * @param name in JSON; in upper case the title of a column
 * @param bytes what it is, for {@link Output#raw}
 * @param text what it is, if it is no bytes: a JSON literal
 */
record Cell(String name, Bytes bytes, Optional<String> text) {
  /** Bytes. */
  static Cell of(String name, Bytes bytes) {
    return new Cell(name, bytes, Optional.empty());
  }

  /** A whole number. */
  static Cell of(String name, long number) {
    return literal(name, Long.toString(number));
  }

  /** Yes or no. */
  static Cell of(String name, boolean value) {
    return literal(name, Boolean.toString(value));
  }

  /** Nothing: there is no such figure. */
  static Cell none(String name) {
    return new Cell(name, Bytes.of('-'), Optional.of("null"));
  }

  private static Cell literal(String name, String text) {
    return new Cell(name, Bytes.utf8(text), Optional.of(text));
  }

  /** The title of its column. */
  String title() {
    return name.toUpperCase(Locale.ROOT);
  }

  /** For people. */
  String shown() {
    return text.isPresent() ? bytes.toUtf8() : ShownBytes.escaped(bytes);
  }

  /** As a member of an object. */
  String json() {
    return text.map(literal -> '"' + name + "\":" + literal)
        .orElseGet(() -> ShownBytes.jsonMember(name, bytes));
  }
}
