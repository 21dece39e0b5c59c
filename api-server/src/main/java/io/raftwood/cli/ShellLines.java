package io.raftwood.cli;

import java.io.IOException;
import java.util.Optional;

/** Where the lines of {@code kv shell} come from. */
interface ShellLines extends AutoCloseable {
  /** The next line; empty at the end. */
  Optional<String> next() throws IOException;

  @Override
  void close() throws IOException;
}
