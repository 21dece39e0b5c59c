package io.raftwood.cli;

import io.raftwood.cli.call.CallStreams;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What commands need from outside.
 *
 * @param runner runs a node
 * @param launch how a node's process is started; asked for only when one is
 * @param environment the process environment, or what stands for it
 * @param streams where {@code kv} and {@code tree} read and write bytes; opened only when they do
 */
public record CliContext(
    NodeRunner runner,
    Supplier<NodeLaunch> launch,
    Map<String, String> environment,
    CallStreams streams) {
  /** Copies the map. */
  public CliContext {
    environment = Map.copyOf(environment);
  }
}
