package io.raftwood.backup;

import io.raftwood.bytes.ByteReader;
import io.raftwood.bytes.ByteWriter;
import io.raftwood.bytes.Bytes;
import io.raftwood.bytes.MalformedBytesException;

/**
 * What became of a {@link RestoreCommand}.
 *
 * @param status how it ended
 * @param written items that are there now
 * @param kept items that met something as new or newer
 * @param expired items whose time was over
 * @param refused items whose table is of another kind
 */
public record RestoreResult(Status status, long written, long kept, long expired, long refused) {
  private static final int FORMAT = 1;

  /** How a command ended. */
  public enum Status {
    /** Done. */
    DONE,
    /** The group holds something, or another restore is under way in it; nothing changed. */
    NOT_EMPTY,
    /** No such restore is under way in the group; nothing changed. */
    NOT_UNDER_WAY
  }

  /** Nothing to count. */
  public static RestoreResult of(Status status) {
    return new RestoreResult(status, 0, 0, 0, 0);
  }

  /** Both together; the first that is not done decides. */
  public RestoreResult plus(RestoreResult other) {
    return new RestoreResult(
        status == Status.DONE ? other.status : status,
        written + other.written,
        kept + other.kept,
        expired + other.expired,
        refused + other.refused);
  }

  /** As it travels. */
  public Bytes encode() {
    return new ByteWriter(24)
        .u8(FORMAT)
        .u8(status.ordinal() + 1)
        .varint(written)
        .varint(kept)
        .varint(expired)
        .varint(refused)
        .toBytes();
  }

  /**
   * Reads a result.
   *
   * @throws MalformedBytesException when it is none; nothing else
   */
  public static RestoreResult decode(Bytes bytes) {
    ByteReader reader = new ByteReader(bytes);
    int format = reader.u8();
    int tag = reader.u8();
    if (format != FORMAT || tag < 1 || tag > Status.values().length) {
      throw new MalformedBytesException("restore result of format " + format + ", tag " + tag);
    }
    int max = Integer.MAX_VALUE;
    RestoreResult result =
        new RestoreResult(
            Status.values()[tag - 1],
            reader.count(max),
            reader.count(max),
            reader.count(max),
            reader.count(max));
    reader.expectEnd();
    return result;
  }
}
