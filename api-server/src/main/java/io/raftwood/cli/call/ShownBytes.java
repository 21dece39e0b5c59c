package io.raftwood.cli.call;

import com.alibaba.fastjson2.JSON;
import io.raftwood.bytes.Bytes;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** Bytes as text. */
public final class ShownBytes {
  private ShownBytes() {}

  /** {@code bytes} as text, if they are UTF-8. */
  public static Optional<String> utf8(Bytes bytes) {
    try {
      ByteBuffer buffer = ByteBuffer.wrap(bytes.unsafeArray());
      return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(buffer).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  /** {@link #escaped(Bytes)} of what {@code text} is in UTF-8. */
  public static String escaped(String text) {
    return escaped(Bytes.utf8(text));
  }

  /**
   * For people: printable characters as they are, a backslash as two, {@code \n \r \t}, and every
   * byte of anything else as {@code \xNN}. So nothing that was stored can command the terminal.
   */
  public static String escaped(Bytes bytes) {
    StringBuilder text = new StringBuilder();
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    ByteBuffer in = ByteBuffer.wrap(bytes.unsafeArray());
    CharBuffer out = CharBuffer.allocate(in.remaining() + 1);
    while (in.hasRemaining()) {
      var result = decoder.decode(in, out, true);
      out.flip().codePoints().forEach(point -> append(text, point));
      out.clear();
      if (result.isError()) {
        for (int i = 0; i < result.length(); i++) {
          hex(text, in.get());
        }
      }
      decoder.reset();
    }
    return text.toString();
  }

  private static void append(StringBuilder text, int point) {
    switch (point) {
      case '\\' -> text.append("\\\\");
      case '\n' -> text.append("\\n");
      case '\r' -> text.append("\\r");
      case '\t' -> text.append("\\t");
      default -> {
        if (printable(point)) {
          text.appendCodePoint(point);
        } else {
          for (byte unit : Character.toString(point).getBytes(StandardCharsets.UTF_8)) {
            hex(text, unit);
          }
        }
      }
    }
  }

  /** Not: control characters, those that turn the direction of writing, what is not assigned. */
  private static boolean printable(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.PRIVATE_USE,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }

  private static void hex(StringBuilder text, byte unit) {
    text.append(String.format("\\x%02x", unit & 0xff));
  }

  /** A member of a JSON object: {@code "name":"text"}, or {@code "nameBase64":"..."}. */
  public static String jsonMember(String name, Bytes bytes) {
    return utf8(bytes)
        .map(text -> '"' + name + "\":" + JSON.toJSONString(text))
        .orElseGet(
            () ->
                '"'
                    + name
                    + "Base64\":\""
                    + Base64.getEncoder().encodeToString(bytes.unsafeArray())
                    + '"');
  }

  /** As an argument of a shell, which {@code --encoding hex} may have to precede. */
  public static String argument(Bytes bytes) {
    Optional<String> text =
        utf8(bytes).filter(one -> one.codePoints().allMatch(ShownBytes::printable));
    if (text.isEmpty() || text.get().startsWith("-")) {
      return "--encoding hex " + bytes.toHex();
    }
    boolean plain = text.get().matches("[A-Za-z0-9_.:/@%+=,][A-Za-z0-9_.:/@%+=,-]*");
    return plain ? text.get() : "'" + text.get().replace("'", "'\\''") + "'";
  }
}
