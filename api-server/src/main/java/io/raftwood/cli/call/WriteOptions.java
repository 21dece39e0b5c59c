package io.raftwood.cli.call;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options of every command that changes something, in one request. */
public final class WriteOptions {
  private static final int RANDOM_KEY_BYTES = 16;

  @Mixin private CallOptions call;

  @Option(
      names = "--idempotency-key",
      paramLabel = "TEXT",
      description =
          "Commands with the same text are carried out once within ten minutes; for repeating a"
              + " command whose outcome is unknown (default: random).")
  private Optional<String> idempotencyKey = Optional.empty();

  /** Those of every command. */
  public CallOptions call() {
    return call;
  }

  /**
   * The key that every sending of the request has.
   *
   * @throws CallFailureException (usage) when a node would not take it
   */
  public String idempotencyKey() {
    String key = idempotencyKey.orElseGet(WriteOptions::randomKey);
    if (!key.matches("[!-~]{1,128}")) {
      throw CallFailureException.usage(
          "--idempotency-key: give 1 to 128 printable ASCII characters without spaces");
    }
    return key;
  }

  /** A key that nobody else has. */
  public static String randomKey() {
    byte[] bytes = new byte[RANDOM_KEY_BYTES];
    new SecureRandom().nextBytes(bytes);
    return "cli-" + HexFormat.of().formatHex(bytes);
  }
}
