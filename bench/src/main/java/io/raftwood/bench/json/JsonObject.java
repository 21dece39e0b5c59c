package io.raftwood.bench.json;

import java.util.ArrayList;
import java.util.Locale;

/**
 * One JSON object under construction; members appear in the order in which they are put. Not
 * thread-safe.
 */
public final class JsonObject {
  private final StringBuilder text = new StringBuilder("{");

  /** Adds a string; characters outside printable ASCII are escaped. */
  public JsonObject put(String name, String value) {
    return raw(name, quote(value));
  }

  /** Adds a whole number. */
  public JsonObject put(String name, long value) {
    return raw(name, Long.toString(value));
  }

  /** Adds a number with three decimals; what is not finite becomes {@code null}. */
  public JsonObject put(String name, double value) {
    return raw(name, Double.isFinite(value) ? String.format(Locale.ROOT, "%.3f", value) : "null");
  }

  /** Adds an object. */
  public JsonObject put(String name, JsonObject value) {
    return raw(name, value.toString());
  }

  /** Adds a list of objects. */
  public JsonObject put(String name, Iterable<JsonObject> values) {
    return raw(name, "[" + String.join(",", texts(values)) + "]");
  }

  /** Adds {@code null}: the member is known to have no value. */
  public JsonObject putNull(String name) {
    return raw(name, "null");
  }

  /** The object's text, on one line. */
  @Override
  public String toString() {
    return text + "}";
  }

  private JsonObject raw(String name, String value) {
    if (text.length() > 1) {
      text.append(',');
    }
    text.append(quote(name)).append(':').append(value);
    return this;
  }

  private static Iterable<String> texts(Iterable<JsonObject> values) {
    var texts = new ArrayList<String>();
    values.forEach(value -> texts.add(value.toString()));
    return texts;
  }

  private static String quote(String value) {
    StringBuilder quoted = new StringBuilder(value.length() + 2).append('"');
    for (int i = 0; i < value.length(); i++) {
      char next = value.charAt(i);
      if (next == '"' || next == '\\') {
        quoted.append('\\').append(next);
      } else if (next < 0x20 || next > 0x7e) {
        quoted.append(String.format(Locale.ROOT, "\\u%04x", (int) next));
      } else {
        quoted.append(next);
      }
    }
    return quoted.append('"').toString();
  }
}
