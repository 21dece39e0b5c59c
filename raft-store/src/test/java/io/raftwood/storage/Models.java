package io.raftwood.storage;

import io.raftwood.bytes.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/** Views and models as lists of {@code key=value} texts, to compare them readably. */
public final class Models {
  private static final long AWAIT_NANOS = 30_000_000_000L;

  private Models() {}

  /** One entry as text. */
  public static String entry(Bytes key, Bytes value) {
    return key + "=" + value;
  }

  /** All entries of {@code view}, ascending. */
  public static List<String> entries(StorageView view) {
    return drain(view.scan(KeyRange.ALL));
  }

  /** The entries of {@code model} that lie in {@code range}, ascending. */
  public static List<String> entries(NavigableMap<Bytes, Bytes> model, KeyRange range) {
    return model.entrySet().stream()
        .filter(entry -> range.contains(entry.getKey()))
        .map(entry -> entry(entry.getKey(), entry.getValue()))
        .collect(Collectors.toList());
  }

  /** What is left of {@code cursor}, which is closed. */
  public static List<String> drain(StorageCursor cursor) {
    List<String> entries = new ArrayList<>();
    try (cursor) {
      while (cursor.next()) {
        entries.add(entry(cursor.key(), cursor.value()));
      }
    }
    return entries;
  }

  /** Waits until {@code condition} holds; fails after 30 s. */
  public static void await(String what, BooleanSupplier condition) {
    long start = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - start > AWAIT_NANOS) {
        throw new AssertionError("did not come true within 30 s: " + what);
      }
      LockSupport.parkNanos(1_000_000);
    }
  }
}
