package io.raftwood.storage.rocksdb;

import io.raftwood.storage.Tablet;
import io.raftwood.storage.TabletStore;
import java.nio.file.Path;

/**
 * Installs two checkpoints in turn until killed. Says {@code ready}, and {@code installed G} after
 * generation G is installed and its predecessor closed and deleted.
 */
final class TabletInstallerMain {
  private TabletInstallerMain() {}

  public static void main(String[] arguments) {
    TabletStore store = new RocksDbTabletStore(Path.of(arguments[0]), RocksDbSettings.DEFAULT);
    Tablet tablet = store.open("g");
    System.out.println("ready");
    while (true) {
      Path checkpoint = Path.of(arguments[1 + (int) (tablet.generation() % 2)]);
      Tablet next = store.install("g", checkpoint);
      tablet.close();
      store.deleteSuperseded("g");
      tablet = next;
      System.out.println("installed " + tablet.generation());
    }
  }
}
