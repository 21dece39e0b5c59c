package io.raftwood.cli.call;

import io.raftwood.bytes.Bytes;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;

/** How keys, fields, members and values are written as arguments. */
enum Encoding {
  /** As they are. */
  utf8,
  /** RFC 4648, with or without padding, either alphabet. */
  base64,
  /** Two digits for each byte. */
  hex,
  /** Text with backslashes, as tables show it: see {@link EscapedText}. */
  escaped;

  /** What the JVM makes of bytes that are no text in the locale. */
  private static final char REPLACEMENT = '\ufffd';

  /**
   * The bytes that {@code argument} stands for.
   *
   * @throws CallFailureException (usage) when it stands for none
   */
  Bytes decode(String argument) {
    try {
      switch (this) {
        case hex:
          return Bytes.fromHex(argument.toLowerCase(Locale.ROOT));
        case base64:
          return Bytes.wrap(
              Base64.getDecoder().decode(argument.replace('-', '+').replace('_', '/')));
        case escaped:
          return EscapedText.decode(argument);
        default:
          return text(argument);
      }
    } catch (IllegalArgumentException e) {
      throw CallFailureException.usage("'" + argument + "' is not " + this);
    }
  }

  /** The UTF-8 bytes of {@code argument}. */
  static Bytes text(String argument) {
    try {
      if (argument.indexOf(REPLACEMENT) < 0) {
        var bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(argument));
        byte[] array = new byte[bytes.remaining()];
        bytes.get(array);
        return Bytes.wrap(array);
      }
    } catch (CharacterCodingException e) {
      // Half of a surrogate pair: no text either.
    }
    throw CallFailureException.usage(
        "'"
            + argument
            + "' is not UTF-8, or the locale is not: set LC_ALL=C.UTF-8,"
            + " or write it with --encoding hex");
  }
}
