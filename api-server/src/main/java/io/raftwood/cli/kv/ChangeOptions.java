package io.raftwood.cli.kv;

import io.raftwood.cli.call.CallFailureException;
import io.raftwood.cli.call.CallOptions;
import io.raftwood.cli.call.CallRequest;
import io.raftwood.cli.call.Target;
import io.raftwood.cli.call.WriteOptions;
import java.util.Optional;
import java.util.OptionalLong;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options of every command that writes. */
final class ChangeOptions {
  private static final long VERSION_MAX = 0xffff_ffffL;

  @Mixin private WriteOptions write;

  @Option(
      names = "--ver",
      paramLabel = "N",
      description = "Only if the record exists and has version N (default: unconditional).")
  private Optional<Long> version = Optional.empty();

  /** Those of every command. */
  CallOptions call() {
    return write.call();
  }

  /** The version that is expected. */
  OptionalLong version() {
    return version.map(OptionalLong::of).orElse(OptionalLong.empty());
  }

  /** A write to {@code path} with the wishes. */
  CallRequest request(String path, Target target) {
    CallRequest request = CallRequest.write(path, target, write.idempotencyKey());
    if (version.isEmpty()) {
      return request;
    }
    if (version.get() < 1 || version.get() > VERSION_MAX) {
      throw CallFailureException.usage("--ver: " + version.get() + " is not within 1..4294967295");
    }
    return request.with("ver", Long.toString(version.get()));
  }
}
