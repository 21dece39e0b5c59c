package io.raftwood.backup;

import io.raftwood.bytes.Bytes;
import io.raftwood.raft.ApplyContext;
import io.raftwood.storage.StorageView;

/**
 * What one family keeps in a group's tablet, as items: each is one thing (a record, an entry, a
 * tree node) with all that is known of it. Stateless and thread-safe; {@link #put} is deterministic
 * and runs on the apply thread.
 */
public interface Archive {
  /** The family whose content this is, as in log entries; never reused. */
  int family();

  /**
   * The items behind {@code after}.
   *
   * @param view of one moment
   * @param after where the last page ended, empty = from the beginning; a place is of use in any
   *     view of any group
   * @param bytesMax the page ends behind the item that reaches this; one item is always there
   * @throws io.raftwood.bytes.MalformedBytesException when {@code after} is no place
   */
  ArchivePage page(StorageView view, Bytes after, int bytesMax);

  /**
   * About how many items there are, for whoever wants to know how long they will take. Reads a row
   * for each table or tree, not the items.
   */
  long count(StorageView view);

  /**
   * The slot that an item belongs to, 0..1023.
   *
   * @throws io.raftwood.bytes.MalformedBytesException when it is no item, or breaks a limit: what
   *     this accepts, {@link #put} can carry out
   */
  int slotOf(Bytes item);

  /** Whether items can be put by {@code rule}. */
  boolean allows(RestoreRule rule);

  /**
   * Puts an item; once or several times comes to the same.
   *
   * @throws io.raftwood.bytes.MalformedBytesException when it is no item
   */
  Landing put(ApplyContext context, RestoreRule rule, Bytes item);

  /** What became of an item. */
  enum Landing {
    /** It is there now. */
    WRITTEN,
    /** What was there is newer, or the same, and stays. */
    KEPT,
    /** Its time was over; nothing changed. */
    EXPIRED,
    /** Its table holds records of another kind; nothing changed. */
    REFUSED
  }
}
