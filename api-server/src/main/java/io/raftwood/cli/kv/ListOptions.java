package io.raftwood.cli.kv;

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

  @Option(names = "--limit", paramLabel = "N", description = "At most N records (default: all).")
  private Optional<Long> limit = Optional.empty();

  /** Those of every command. */
  CallOptions call() {
    return read.call();
  }

  /** A request for the pages. */
  KvRequest request(Target target, boolean values) {
    KvRequest request = read.fresh(KvRequest.read("/scan", target)).with("noval", "" + !values);
    return prefix
        .map(text -> request.with("prefix", call().bytes("--prefix", text)))
        .orElse(request);
  }

  /** The most records that are wanted. */
  long limit() {
    return atLeastOne(limit);
  }

  /** A limit that may be absent. */
  static long atLeastOne(Optional<Long> limit) {
    if (limit.isPresent() && limit.get() < 1) {
      throw KvFailureException.usage("--limit: " + limit.get() + " is below 1");
    }
    return limit.orElse(Long.MAX_VALUE);
  }
}
