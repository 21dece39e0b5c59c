package io.raftwood.cli.kv;

import io.raftwood.cli.call.CallOptions;
import io.raftwood.cli.call.CallRequest;
import io.raftwood.cli.call.Target;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options of every command that stores a record. */
final class StoreOptions {
  @Mixin private ChangeOptions change;

  @Option(names = "--ttl", paramLabel = "TIME", description = TimeToLive.DESCRIPTION)
  private Optional<String> ttl = Optional.empty();

  /** Those of every command. */
  CallOptions call() {
    return change.call();
  }

  /** A write to {@code path} with the wishes. */
  CallRequest request(String path, Target target) {
    CallRequest request = change.request(path, target);
    return ttl.map(text -> request.with("ttl", TimeToLive.seconds("--ttl", text))).orElse(request);
  }
}
