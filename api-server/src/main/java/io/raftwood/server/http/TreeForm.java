package io.raftwood.server.http;

import io.raftwood.bytes.Bytes;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A form: {@code name=value} pairs separated by {@code &}, both percent-encoded UTF-8 with {@code
 * +} for a blank. Names that no call knows are ignored, whatever they are worth. Immutable. Methods
 * throw {@link RequestRefusedException}.
 */
final class TreeForm {
  private static final String TYPE = "application/x-www-form-urlencoded";
  private static final int PAIRS_MAX = 1000;
  private static final Set<String> NAMES =
      Set.of(
          "tree_id",
          "key",
          "value",
          "old_value",
          "node_id",
          "prop_name",
          "from",
          "to",
          "limit",
          "reverse",
          "consistency");

  private final Map<String, String> values = new HashMap<>();
  private final Set<String> repeated = new HashSet<>();

  private TreeForm(String text) {
    int at = 0;
    for (int pairs = 0; at <= text.length(); pairs++) {
      if (pairs == PAIRS_MAX) {
        throw new RequestRefusedException(Outcome.TOO_LONG, "body");
      }
      int separator = text.indexOf('&', at);
      int end = separator < 0 ? text.length() : separator;
      add(text, at, end);
      at = end + 1;
    }
  }

  /** The form in the body of {@code call}. */
  static TreeForm of(Call call) {
    Optional<String> type = call.header("Content-Type");
    boolean nothing = type.isEmpty() && call.body().isEmpty();
    if (!nothing && !type.map(TreeForm::isForm).orElse(false)) {
      throw new RequestRefusedException(Outcome.MALFORMED_PARAMETER, "Content-Type");
    }
    return of(new String(call.body().unsafeArray(), StandardCharsets.ISO_8859_1));
  }

  /** The form that {@code text} is, one character for each byte. */
  static TreeForm of(String text) {
    return new TreeForm(text);
  }

  private static boolean isForm(String type) {
    String[] parts = type.split(";", -1);
    boolean form = parts[0].strip().equalsIgnoreCase(TYPE);
    for (int i = 1; i < parts.length; i++) {
      String part = parts[i].strip().replace("\"", "");
      boolean charset = part.regionMatches(true, 0, "charset=", 0, 8);
      form &= !charset || part.substring(8).equalsIgnoreCase("utf-8");
    }
    return form;
  }

  private void add(String text, int start, int end) {
    int nameEnd = start;
    while (nameEnd < end && text.charAt(nameEnd) != '=') {
      nameEnd++;
    }
    Optional<String> name = decoded(text.substring(start, nameEnd)).map(Bytes::toUtf8);
    if (name.isEmpty() || !NAMES.contains(name.get())) {
      return;
    }
    String value = text.substring(Math.min(nameEnd + 1, end), end);
    if (values.put(name.get(), value) != null) {
      repeated.add(name.get());
    }
  }

  /** The value of {@code name}, 0..{@code bytesMax} bytes; empty when absent. */
  Optional<Bytes> find(String name, int bytesMax) {
    if (repeated.contains(name)) {
      throw new RequestRefusedException(Outcome.DUPLICATE_PARAMETER, name);
    }
    Optional<Bytes> value = Optional.ofNullable(values.get(name)).map(text -> decode(name, text));
    if (value.isPresent() && value.get().length() > bytesMax) {
      throw new RequestRefusedException(Outcome.TOO_LONG, name);
    }
    return value;
  }

  /** The value of {@code name}, 0..{@code bytesMax} bytes, which must be given. */
  Bytes require(String name, int bytesMax) {
    return find(name, bytesMax)
        .orElseThrow(() -> new RequestRefusedException(Outcome.MISSING_PARAMETER, name));
  }

  /** The value of {@code name}, 1..{@code bytesMax} bytes, which must be given. */
  Bytes requireSome(String name, int bytesMax) {
    return Optional.of(require(name, bytesMax))
        .filter(value -> !value.isEmpty())
        .orElseThrow(() -> new RequestRefusedException(Outcome.MISSING_PARAMETER, name));
  }

  private static Bytes decode(String name, String text) {
    return decoded(text)
        .filter(TreeForm::isUtf8)
        .orElseThrow(() -> new RequestRefusedException(Outcome.MALFORMED_ENCODING, name));
  }

  private static Optional<Bytes> decoded(String text) {
    return PercentCode.decode(text.replace('+', ' '));
  }

  /** Whether {@code bytes} are UTF-8: no stray byte, nothing overlong, no surrogate. */
  static boolean isUtf8(Bytes bytes) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes.unsafeArray()));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }
}
