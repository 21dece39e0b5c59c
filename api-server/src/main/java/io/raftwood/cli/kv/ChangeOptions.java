package io.raftwood.cli.kv;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalLong;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options of every command that writes. */
final class ChangeOptions {
  private static final long VERSION_MAX = 0xffff_ffffL;
  private static final int RANDOM_KEY_BYTES = 16;

  @Mixin private CallOptions call;

  @Option(
      names = "--ver",
      paramLabel = "N",
      description = "Only if the record exists and has version N (default: unconditional).")
  private Optional<Long> version = Optional.empty();

  @Option(
      names = "--idempotency-key",
      paramLabel = "TEXT",
      description =
          "Commands with the same text are carried out once within ten minutes; for repeating a"
              + " command whose outcome is unknown (default: random).")
  private Optional<String> idempotencyKey = Optional.empty();

  /** Those of every command. */
  CallOptions call() {
    return call;
  }

  /** The version that is expected. */
  OptionalLong version() {
    return version.map(OptionalLong::of).orElse(OptionalLong.empty());
  }

  /** A write to {@code path} with the wishes. */
  KvRequest request(String path, Target target) {
    String key = idempotencyKey.orElseGet(ChangeOptions::randomKey);
    if (!key.matches("[!-~]{1,128}")) {
      throw KvFailureException.usage(
          "--idempotency-key: give 1 to 128 printable ASCII characters without spaces");
    }
    KvRequest request = KvRequest.write(path, target, key);
    if (version.isEmpty()) {
      return request;
    }
    if (version.get() < 1 || version.get() > VERSION_MAX) {
      throw KvFailureException.usage("--ver: " + version.get() + " is not within 1..4294967295");
    }
    return request.with("ver", Long.toString(version.get()));
  }

  private static String randomKey() {
    byte[] bytes = new byte[RANDOM_KEY_BYTES];
    new SecureRandom().nextBytes(bytes);
    return "cli-" + HexFormat.of().formatHex(bytes);
  }
}
