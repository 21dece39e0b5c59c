package io.raftwood.kv;

/**
 * What is stored, counted exactly (contract 6.1, {@code stat}). Records that have expired count
 * until they are purged.
 *
 * @param count records
 * @param size bytes of their names and values
 * @param capacity the same with each record rounded up to a multiple of 1024
 */
public record Figures(long count, long size, long capacity) {
  /** Nothing. */
  public static final Figures ZERO = new Figures(0, 0, 0);

  private static final long UNIT = 1024;

  /** The figures of one record. */
  public static Figures ofRecord(long bytes) {
    return new Figures(1, bytes, (bytes + UNIT - 1) / UNIT * UNIT);
  }

  /** The sum. */
  public Figures plus(Figures other) {
    return new Figures(count + other.count, size + other.size, capacity + other.capacity);
  }

  /** The difference. */
  public Figures minus(Figures other) {
    return new Figures(count - other.count, size - other.size, capacity - other.capacity);
  }
}
