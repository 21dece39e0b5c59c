package io.raftwood.cli.kv;

import io.raftwood.bytes.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where a value comes from, if not from an argument. */
final class ValueOptions {
  private static final int VALUE_MAX = 33_554_431;

  @Option(
      names = {"-f", "--file"},
      paramLabel = "FILE",
      description = "The value is this file's content, byte for byte.")
  private Optional<Path> file = Optional.empty();

  /**
   * The value: {@code argument}, of which {@code -} means standard input, or the file's content.
   *
   * @throws KvFailureException when there is none, or it cannot be read or stored
   */
  Bytes value(Optional<String> argument, CallOptions options, InputStream in) {
    if (file.isPresent() == argument.isPresent()) {
      throw KvFailureException.usage(
          file.isPresent()
              ? "a value and --file exclude each other"
              : "a value is missing: give it as an argument, by --file FILE, or as - from standard"
                  + " input");
    }
    Bytes value;
    if (file.isPresent()) {
      value = content(file.get());
    } else {
      value =
          argument.get().equals("-") ? all(in, "-") : options.bytes("the value", argument.get());
    }
    if (value.isEmpty()) {
      throw KvFailureException.usage("an empty value cannot be stored: give at least one byte");
    }
    return value;
  }

  private static Bytes content(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return all(in, file.toString());
    } catch (IOException e) {
      throw unreadable(file.toString(), e);
    }
  }

  private static Bytes all(InputStream in, String name) {
    try {
      byte[] bytes = in.readNBytes(VALUE_MAX + 1);
      if (bytes.length > VALUE_MAX) {
        throw new KvFailureException(
            KvExitCode.FAILED,
            "the value has more than " + VALUE_MAX + " bytes: store it in parts");
      }
      return Bytes.wrap(bytes);
    } catch (IOException e) {
      throw unreadable(name, e);
    }
  }

  private static KvFailureException unreadable(String name, IOException e) {
    return new KvFailureException(
        KvExitCode.FAILED, "cannot read the value from " + name + ": " + e);
  }
}
