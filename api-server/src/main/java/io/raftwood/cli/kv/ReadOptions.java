package io.raftwood.cli.kv;

import io.raftwood.cli.call.CallOptions;
import io.raftwood.cli.call.CallRequest;
import io.raftwood.cli.call.Consistency;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options of every command that reads records. */
final class ReadOptions {
  @Mixin private CallOptions call;

  @Option(
      names = "--consistency",
      description =
          "How fresh. One of: ${COMPLETION-CANDIDATES} (default: lease; if no leader answers in"
              + " time, any replica, with a warning).")
  private Optional<Consistency> consistency = Optional.empty();

  /** Those of every command. */
  CallOptions call() {
    return call;
  }

  /** {@code request} with the wish. */
  CallRequest fresh(CallRequest request) {
    return consistency.map(wish -> request.with("consistency", wish.name())).orElse(request);
  }
}
