package io.raftwood.cli.call;

import io.raftwood.bytes.Bytes;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options of every command. */
public final class CallOptions {
  /** A node remembers an idempotency key for ten minutes: no repetition may come later. */
  private static final int TIMEOUT_MAX = 300;

  @Option(
      names = {"-e", "--endpoints"},
      split = ",",
      paramLabel = "HOST:PORT",
      defaultValue = "127.0.0.1:8082,127.0.0.1:8083,127.0.0.1:8084",
      description = "HTTP addresses of nodes, asked in turn (default: ${DEFAULT-VALUE}).")
  private List<String> endpoints;

  @Option(
      names = {"-o", "--output"},
      description =
          "One of: ${COMPLETION-CANDIDATES} (default: table on a terminal, else raw). raw: the exact"
              + " bytes; lists have a line for each record, cells separated by tabs. json: an object"
              + " on a line for each record; what is not UTF-8 is base64 under the name with Base64"
              + " behind it (valueBase64). table: control characters and what is not UTF-8 as \\xNN.")
  private Optional<Output> output = Optional.empty();

  @Option(
      names = "--timeout",
      defaultValue = "30",
      paramLabel = "SECONDS",
      description =
          "How long each request may take, repetitions included, 1..300 (default:"
              + " ${DEFAULT-VALUE}).")
  private int timeoutSeconds;

  @Option(
      names = "--encoding",
      defaultValue = "utf8",
      description =
          "How keys, fields, members and values are written as arguments. One of:"
              + " ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}). Input from --file and"
              + " standard input is never decoded.")
  private Encoding encoding;

  @Mixin private CredentialOptions credentials = new CredentialOptions();

  /** The {@code Authorization} header of every request, if any. */
  Optional<String> authorization() {
    return credentials.header();
  }

  /** The endpoints as given. */
  public List<String> endpoints() {
    return endpoints;
  }

  /** How long a request may take. */
  public int timeoutSeconds() {
    if (timeoutSeconds < 1 || timeoutSeconds > TIMEOUT_MAX) {
      throw CallFailureException.usage("--timeout: " + timeoutSeconds + " is not within 1..300");
    }
    return timeoutSeconds;
  }

  /** How to print; {@code terminal}: whether standard output is one. */
  public Output output(boolean terminal) {
    return output.orElse(terminal ? Output.table : Output.raw);
  }

  /** The bytes that an argument stands for; may be none. */
  public Bytes anyBytes(String argument) {
    return encoding.decode(argument);
  }

  /** The bytes of an argument that is always text; {@code what} names it. */
  public Bytes text(String what, String argument) {
    return some(what, Encoding.utf8.decode(argument));
  }

  /** The bytes that an argument stands for, at least one; {@code what} names it. */
  public Bytes bytes(String what, String argument) {
    return some(what, anyBytes(argument));
  }

  private static Bytes some(String what, Bytes bytes) {
    if (bytes.isEmpty()) {
      throw CallFailureException.usage(what + " is empty: give at least one byte");
    }
    return bytes;
  }
}
