package io.raftwood.cluster;

import io.raftwood.bytes.ByteReader;
import io.raftwood.bytes.ByteWriter;
import io.raftwood.bytes.Bytes;
import io.raftwood.bytes.MalformedBytesException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The ids of {@code set_table} that were issued and not yet used; part of the log format. Time is
 * replicated time.
 *
 * @param list in the order of issue
 */
record TableIds(List<Issued> list) {
  /** As many may be outstanding. */
  static final int COUNT_MAX = 128;

  /** So long an id is good for. */
  static final long TIMEOUT_MILLIS = 10_000;

  private static final int FORMAT = 1;
  private static final TableIds NONE = new TableIds(List.of());

  TableIds {
    list = List.copyOf(list);
  }

  /**
   * One id.
   *
   * @param id its 16 digits as a number
   * @param millis when it was issued
   */
  record Issued(long id, long millis) {}

  /** Those that are still good at {@code now}. */
  TableIds at(long now) {
    return new TableIds(
        list.stream().filter(issued -> now - issued.millis() <= TIMEOUT_MILLIS).toList());
  }

  boolean contains(long id) {
    return list.stream().anyMatch(issued -> issued.id() == id);
  }

  TableIds with(long id, long now) {
    List<Issued> more = new ArrayList<>(list);
    more.add(new Issued(id, now));
    return new TableIds(more);
  }

  TableIds without(long id) {
    return new TableIds(list.stream().filter(issued -> issued.id() != id).toList());
  }

  Bytes encode() {
    ByteWriter out = new ByteWriter().u8(FORMAT);
    ClusterFields.writeList(
        out, list, (to, issued) -> to.varint(issued.id()).varint(issued.millis()));
    return out.toBytes();
  }

  /** Reads the row, if there is one. */
  static TableIds decode(Optional<Bytes> row) {
    if (row.isEmpty()) {
      return NONE;
    }
    ByteReader in = new ByteReader(row.get());
    ClusterFields.expectFormat(in, FORMAT);
    List<Issued> list =
        ClusterFields.readList(
            in,
            from -> new Issued(ClusterFields.readCounter(from), ClusterFields.readCounter(from)));
    if (list.size() > COUNT_MAX) {
      throw new MalformedBytesException(list.size() + " table ids");
    }
    in.expectEnd();
    return new TableIds(list);
  }
}
