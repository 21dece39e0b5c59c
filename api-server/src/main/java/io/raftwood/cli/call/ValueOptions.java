package io.raftwood.cli.call;

import io.raftwood.bytes.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where a value comes from, if not from an argument. */
public final class ValueOptions {
  @Option(
      names = {"-f", "--file"},
      paramLabel = "FILE",
      description = "The value is this file's content, byte for byte.")
  private Optional<Path> file = Optional.empty();

  /**
   * The value: {@code argument}, of which {@code -} means standard input, or the file's content.
   *
   * @param bytesMax the most bytes that can be stored
   * @return 0..{@code bytesMax} bytes
   * @throws CallFailureException when there is none, or it cannot be read or stored
   */
  public Bytes value(Optional<String> argument, CallOptions options, InputStream in, int bytesMax) {
    if (file.isPresent() == argument.isPresent()) {
      throw CallFailureException.usage(
          file.isPresent()
              ? "a value and --file exclude each other"
              : "a value is missing: give it as an argument, by --file FILE, or as - from standard"
                  + " input");
    }
    if (file.isPresent()) {
      return content(file.get(), bytesMax);
    }
    return argument.get().equals("-") ? all(in, "-", bytesMax) : options.anyBytes(argument.get());
  }

  private static Bytes content(Path file, int bytesMax) {
    try (InputStream in = Files.newInputStream(file)) {
      return all(in, file.toString(), bytesMax);
    } catch (IOException e) {
      throw unreadable(file.toString(), e);
    }
  }

  private static Bytes all(InputStream in, String name, int bytesMax) {
    try {
      byte[] bytes = in.readNBytes(bytesMax + 1);
      if (bytes.length > bytesMax) {
        throw new CallFailureException(
            CallExitCode.FAILED,
            "the value has more than " + bytesMax + " bytes: store it in parts");
      }
      return Bytes.wrap(bytes);
    } catch (IOException e) {
      throw unreadable(name, e);
    }
  }

  private static CallFailureException unreadable(String name, IOException e) {
    return new CallFailureException(
        CallExitCode.FAILED, "cannot read the value from " + name + ": " + e);
  }
}
