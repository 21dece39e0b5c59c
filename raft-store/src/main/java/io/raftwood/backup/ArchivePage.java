package io.raftwood.backup;

import io.raftwood.bytes.ByteReader;
import io.raftwood.bytes.ByteWriter;
import io.raftwood.bytes.Bytes;
import io.raftwood.bytes.MalformedBytesException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Some items, in the archive's order.
 *
 * @param items may be none at the end
 * @param next where to go on; empty = nothing follows
 */
public record ArchivePage(List<Bytes> items, Optional<Bytes> next) {
  /** Most items of a page. */
  public static final int ITEMS_MAX = 65_536;

  private static final int FORMAT = 1;

  /** Copies the list. */
  public ArchivePage {
    items = List.copyOf(items);
  }

  /** As a node sends it: format, flag more, place if there is more, items. */
  public Bytes encode() {
    ByteWriter writer = new ByteWriter(64).u8(FORMAT).u8(next.isPresent() ? 1 : 0);
    next.ifPresent(writer::sized);
    return writer.toBytes().concat(encodeItems(items));
  }

  /**
   * Reads a page.
   *
   * @throws MalformedBytesException when it is none; nothing else
   */
  public static ArchivePage decode(Bytes bytes) {
    ByteReader reader = new ByteReader(bytes);
    int format = reader.u8();
    int more = reader.u8();
    if (format != FORMAT || more > 1) {
      throw new MalformedBytesException("a page of format " + format);
    }
    Optional<Bytes> next = more == 1 ? Optional.of(reader.sized()) : Optional.empty();
    return new ArchivePage(decodeItems(reader.rest()), next);
  }

  /** Items one after another: varint count, then each of them sized. */
  public static Bytes encodeItems(List<Bytes> items) {
    int room = items.stream().mapToInt(item -> item.length() + 5).sum();
    ByteWriter writer = new ByteWriter(room + 5).varint(items.size());
    items.forEach(writer::sized);
    return writer.toBytes();
  }

  /**
   * Reads what {@link #encodeItems} wrote.
   *
   * @throws MalformedBytesException when it is something else; nothing else
   */
  public static List<Bytes> decodeItems(Bytes bytes) {
    ByteReader reader = new ByteReader(bytes);
    int count = reader.count(ITEMS_MAX);
    List<Bytes> items = new ArrayList<>(Math.min(count, reader.remaining()));
    for (int left = count; left > 0; left--) {
      items.add(reader.sized());
    }
    reader.expectEnd();
    return items;
  }
}
