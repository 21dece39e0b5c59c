package io.raftwood.bench.load;

import java.nio.ByteBuffer;

/** Renders requests to one endpoint from parts made beforehand. Not thread-safe. */
interface LoadRequests {
  /** How large a buffer every request fits into. */
  int requestBytesMax();

  /** Appends a request; {@code variant} decides which bytes a value has. */
  void render(ByteBuffer target, LoadOperation operation, long key, int variant);
}
