package io.raftwood.cli.call;

import java.util.Optional;
import picocli.CommandLine.Option;

/** How much of a listing is wanted. */
public final class LimitOption {
  @Option(names = "--limit", paramLabel = "N", description = "At most N of them (default: all).")
  private Optional<Long> limit = Optional.empty();

  /** The most that is wanted: 1 or more. */
  public long most() {
    if (limit.isPresent() && limit.get() < 1) {
      throw CallFailureException.usage("--limit: " + limit.get() + " is below 1");
    }
    return limit.orElse(Long.MAX_VALUE);
  }
}
