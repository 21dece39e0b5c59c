package io.raftwood.cli.kv;

import io.raftwood.bytes.Bytes;
import io.raftwood.cli.call.CallFailureException;
import io.raftwood.cli.call.CallOptions;
import io.raftwood.cli.call.ValueOptions;
import java.io.InputStream;
import java.util.Optional;

/** Values as records can have them. */
final class RecordValue {
  private static final int BYTES_MAX = 33_554_431;

  private RecordValue() {}

  /**
   * The value that {@code source} names.
   *
   * @throws CallFailureException when there is none, or no record can have it
   */
  static Bytes of(
      ValueOptions source, Optional<String> argument, CallOptions options, InputStream in) {
    Bytes value = source.value(argument, options, in, BYTES_MAX);
    if (value.isEmpty()) {
      throw CallFailureException.usage("an empty value cannot be stored: give at least one byte");
    }
    return value;
  }
}
