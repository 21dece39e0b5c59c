package io.raftwood.backup;

import io.raftwood.bytes.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Collects one page while rows pass by. Used by one thread. */
public final class PageBuilder {
  private final int bytesMax;
  private final List<Bytes> items = new ArrayList<>();
  private long bytes;

  /** A page that ends behind the item that reaches {@code bytesMax}. */
  public PageBuilder(int bytesMax) {
    this.bytesMax = bytesMax;
  }

  /** Adds an item; there must be room. */
  public void add(Bytes item) {
    items.add(item);
    bytes += item.length();
  }

  /** Whether no further item belongs on the page. */
  public boolean isFull() {
    return !items.isEmpty() && bytes >= bytesMax || items.size() == ArchivePage.ITEMS_MAX;
  }

  /** The page; {@code next}: where to go on. */
  public ArchivePage page(Optional<Bytes> next) {
    return new ArchivePage(items, next);
  }
}
