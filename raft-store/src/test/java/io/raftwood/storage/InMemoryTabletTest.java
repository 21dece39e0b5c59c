package io.raftwood.storage;

import io.raftwood.fixtures.InMemoryTablet;
import java.nio.file.Path;

class InMemoryTabletTest extends StorageContract {
  @Override
  protected Tablet create() {
    return new InMemoryTablet("g");
  }

  @Override
  protected Tablet load(Path checkpoint) {
    return InMemoryTablet.load("g", 1, checkpoint);
  }
}
