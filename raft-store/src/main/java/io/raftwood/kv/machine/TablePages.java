package io.raftwood.kv.machine;

import io.raftwood.bytes.Bytes;
import io.raftwood.kv.KvResult;
import io.raftwood.kv.KvResult.TableFigures;
import io.raftwood.storage.StorageCursor;
import io.raftwood.storage.StorageView;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The figures of tables. */
record TablePages(StorageView view) {
  /** One table. */
  KvResult one(Bytes table) {
    Optional<TableFigures> found = Catalogue.table(view, table);
    return found.isEmpty()
        ? new KvResult.Absent()
        : new KvResult.Tables(List.of(found.get()), true);
  }

  /** The tables behind {@code after}. */
  KvResult behind(Bytes after, int size) {
    List<TableFigures> tables = new ArrayList<>();
    try (StorageCursor rows = view.scan(Catalogue.tablesBehind(after))) {
      while (rows.next()) {
        if (tables.size() == size) {
          return new KvResult.Tables(tables, false);
        }
        tables.add(Catalogue.readTable(rows.key(), rows.value()));
      }
    }
    return new KvResult.Tables(tables, true);
  }
}
