package io.raftwood.cli.call;

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
public record Cell(String name, Bytes bytes, Optional<String> text) {
  /** Bytes. */
  public static Cell of(String name, Bytes bytes) {
    return new Cell(name, bytes, Optional.empty());
  }

  /** A whole number. */
  public static Cell of(String name, long number) {
    return literal(name, Long.toString(number));
  }

  /** Yes or no. */
  public static Cell of(String name, boolean value) {
    return literal(name, Boolean.toString(value));
  }

  /** A word of a node's own, in printable ASCII without quotes: an id. */
  public static Cell word(String name, String word) {
    return new Cell(name, Bytes.utf8(word), Optional.of('"' + word + '"'));
  }

  /** Nothing: there is no such figure. */
  public static Cell none(String name) {
    return new Cell(name, Bytes.of('-'), Optional.of("null"));
  }

  private static Cell literal(String name, String text) {
    return new Cell(name, Bytes.utf8(text), Optional.of(text));
  }

  /** The title of its column. */
  public String title() {
    return name.toUpperCase(Locale.ROOT);
  }

  /** For people. */
  public String shown() {
    return text.isPresent() ? bytes.toUtf8() : ShownBytes.escaped(bytes);
  }

  /** As a member of an object. */
  public String json() {
    return text.map(literal -> '"' + name + "\":" + literal)
        .orElseGet(() -> ShownBytes.jsonMember(name, bytes));
  }
}
