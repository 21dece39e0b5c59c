package io.raftwood.cli.kv;

import io.raftwood.cli.call.CallOptions;
import io.raftwood.cli.call.CallRequest;
import io.raftwood.cli.call.LimitOption;
import io.raftwood.cli.call.Target;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options of the commands that list records of the whole cluster. */
final class ListOptions {
  @Mixin private ReadOptions read;

  @Option(
      names = "--prefix",
      paramLabel = "P",
      description = "Only what begins with P (see --encoding; default: all).")
  private Optional<String> prefix = Optional.empty();

  @Mixin private LimitOption limit;

  /** Those of every command. */
  CallOptions call() {
    return read.call();
  }

  /** A request for the pages. */
  CallRequest request(Target target, boolean values) {
    CallRequest request = read.fresh(CallRequest.read("/scan", target)).with("noval", "" + !values);
    return prefix
        .map(text -> request.with("prefix", call().bytes("--prefix", text)))
        .orElse(request);
  }

  /** The most records that are wanted. */
  long limit() {
    return limit.most();
  }
}
