package io.raftwood.cli.kv;

import io.raftwood.cli.call.CallFailureException;
import io.raftwood.cli.call.CallOptions;
import io.raftwood.cli.call.CallRequest;
import io.raftwood.cli.call.Target;
import io.raftwood.server.config.ConfigException;
import io.raftwood.server.config.Units;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options of every command that stores a record. */
final class StoreOptions {
  /** What is above never expires, says the API: not what somebody means who gives a time. */
  private static final Duration TTL_MAX = Duration.ofDays(30);

  @Mixin private ChangeOptions change;

  @Option(
      names = "--ttl",
      paramLabel = "TIME",
      description =
          "The record expires after this time: 30s, 5m, 12h, 7d; whole seconds, 1s to 30d (default:"
              + " never).")
  private Optional<String> ttl = Optional.empty();

  /** Those of every command. */
  CallOptions call() {
    return change.call();
  }

  /** A write to {@code path} with the wishes. */
  CallRequest request(String path, Target target) {
    CallRequest request = change.request(path, target);
    return ttl.map(text -> request.with("ttl", Long.toString(seconds(text)))).orElse(request);
  }

  private static long seconds(String text) {
    try {
      Duration time = Units.parseDuration(text);
      if (time.isZero() || time.toMillisPart() != 0 || time.compareTo(TTL_MAX) > 0) {
        throw new ConfigException("not whole seconds within 1s..30d");
      }
      return time.toSeconds();
    } catch (ConfigException e) {
      throw CallFailureException.usage("--ttl: '" + text + "': " + e.getMessage());
    }
  }
}
