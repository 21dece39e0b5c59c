package io.raftwood.tree.structure;

import io.raftwood.bytes.Bytes;
import io.raftwood.storage.KeyRange;
import io.raftwood.storage.StorageCursor;
import io.raftwood.storage.StorageView;

/**
 * How far a walk over the rows of all trees has come. Immutable.
 *
 * @param from where it goes on; empty = at the first tree
 * @param highest levels of the highest tree so far; 0 = none
 * @param complete whether there are no more trees
 */
public record HeightSurvey(Bytes from, int highest, boolean complete) {
  /** Before the first tree. */
  public static final HeightSurvey BEGIN = new HeightSurvey(Bytes.EMPTY, 0, false);

  /** The survey after so many trees more. */
  public HeightSurvey goOn(StorageView view, int trees) {
    KeyRange all = RowKeys.trees();
    KeyRange rest = from.isEmpty() ? all : new KeyRange(from, all.to());
    int found = highest;
    try (StorageCursor cursor = view.scan(rest)) {
      for (int seen = 0; cursor.next(); seen++) {
        if (seen == trees) {
          return new HeightSurvey(cursor.key(), found, false);
        }
        TreeCounters counters = TreeRecord.decode(cursor.value()).counters();
        found = Math.max(found, counters.rootLevel() + 1);
      }
    }
    return new HeightSurvey(Bytes.EMPTY, found, true);
  }
}
