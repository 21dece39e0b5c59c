package io.raftwood.bench.load;

import java.time.Duration;
import picocli.CommandLine.Option;

/** The options that say how long and how often. */
final class TimingOptions {
  @Option(
      names = "--duration",
      defaultValue = "10s",
      converter = DurationConverter.class,
      description = "measured time (10s)")
  private Duration duration;

  @Option(
      names = "--warmup",
      defaultValue = "5s",
      converter = DurationConverter.class,
      description = "time before measuring (5s)")
  private Duration warmUp;

  @Option(
      names = "--timeout",
      defaultValue = "5s",
      converter = DurationConverter.class,
      description = "of one request (5s)")
  private Duration timeout;

  @Option(
      names = "--rate",
      defaultValue = "0",
      description = {
        "requests a second, at a constant rate whatever the servers do (open loop);",
        "latencies count from when a request was due (default: as fast as answers come)"
      })
  private long rate;

  /**
   * What the options say.
   *
   * @throws IllegalArgumentException when a value is out of its range
   */
  LoadPlan.Timing timing() {
    return new LoadPlan.Timing(warmUp, duration, timeout, rate);
  }
}
