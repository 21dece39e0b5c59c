package io.raftwood.cli.tree;

import io.raftwood.cli.call.CallOptions;
import io.raftwood.cli.call.CallRequest;
import io.raftwood.cli.call.Consistency;
import io.raftwood.cli.call.Target;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options of every command that reads trees. */
final class TreeReadOptions {
  @Mixin private CallOptions call;

  @Option(
      names = "--consistency",
      description = "How fresh. One of: ${COMPLETION-CANDIDATES} (default: linearizable).")
  private Optional<Consistency> consistency = Optional.empty();

  /** Those of every command. */
  CallOptions call() {
    return call;
  }

  /** A call of the API that reads, with the wish. */
  CallRequest request(String name, Target target) {
    CallRequest request = CallRequest.read("/dt/" + name, target);
    return consistency.map(wish -> request.withField("consistency", wish.name())).orElse(request);
  }
}
