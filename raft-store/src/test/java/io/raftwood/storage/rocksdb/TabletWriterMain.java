package io.raftwood.storage.rocksdb;

import io.raftwood.storage.DurableFiles;
import io.raftwood.storage.Tablet;
import io.raftwood.storage.TabletStore;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Writes batches to a tablet until killed. Says {@code ready}, and {@code durable N} after each
 * flush or checkpoint that holds all batches up to N.
 */
final class TabletWriterMain {
  private static final RocksDbSettings SETTINGS = new RocksDbSettings(1 << 20, 1 << 20, 1 << 16, 2);
  private static final long FLUSH_EVERY = 700;

  private TabletWriterMain() {}

  public static void main(String[] arguments) throws IOException {
    Path root = Path.of(arguments[0]);
    TabletStore store = new RocksDbTabletStore(root, SETTINGS);
    Tablet tablet = store.open("g");
    long position = Prefix.position(tablet);
    Path checkpoint = root.resolve("checkpoint");
    DurableFiles.deleteTree(checkpoint);
    System.out.println("ready");
    while (true) {
      Prefix.commit(tablet, ++position);
      if (position % (2 * FLUSH_EVERY) == 0) {
        tablet.checkpoint(checkpoint);
        System.out.println("durable " + position);
        DurableFiles.deleteTree(checkpoint);
      } else if (position % FLUSH_EVERY == 0) {
        tablet.flush();
        System.out.println("durable " + position);
      }
    }
  }
}
