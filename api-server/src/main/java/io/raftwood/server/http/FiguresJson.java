package io.raftwood.server.http;

import io.raftwood.bytes.Bytes;
import io.raftwood.kv.Figures;
import io.raftwood.kv.KvResult.TableFigures;
import io.raftwood.kv.KvResult.Totals;
import io.raftwood.kv.RecordKind;
import java.util.List;

/**
 * Figures as the original writes them (contract 6.1): without blanks, members in this order, sizes
 * of hashes only. Table names need no escaping: the endpoints allow letters, digits and {@code _:.}
 * only.
 */
final class FiguresJson {
  private FiguresJson() {}

  /** What {@code stat} answers without {@code tb}. */
  static Bytes of(Totals totals) {
    return Bytes.utf8(text(totals));
  }

  /** What {@code stat} answers with {@code tb}. */
  static Bytes of(TableFigures table) {
    return Bytes.utf8(text(table));
  }

  /** What {@code stat_all} answers. */
  static Bytes of(Totals totals, List<TableFigures> tables) {
    StringBuilder json = new StringBuilder("[").append(text(totals));
    tables.forEach(table -> json.append(',').append(text(table)));
    return Bytes.utf8(json.append(']').toString());
  }

  private static String text(Totals totals) {
    return "{\"TOTALIZE\":{\"KVPAIR\":{"
        + text(totals.keys())
        + "},\"HASHTABLE\":{"
        + text(totals.hashes())
        + "}}}";
  }

  private static String text(TableFigures table) {
    boolean sized = table.kind() == RecordKind.HASH_FIELD;
    return "{\"table\":\""
        + table.table().toUtf8()
        + "\",\"type\":\""
        + table.kind().letter()
        + "\","
        + (sized ? text(table.figures()) : "\"count\":" + table.figures().count())
        + "}";
  }

  private static String text(Figures figures) {
    return "\"count\":"
        + figures.count()
        + ",\"size\":"
        + figures.size()
        + ",\"capacity\":"
        + figures.capacity();
  }
}
