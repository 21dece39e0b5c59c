package io.raftwood.membership;

import io.raftwood.bytes.ByteReader;
import io.raftwood.bytes.ByteWriter;
import io.raftwood.bytes.Bytes;
import io.raftwood.bytes.MalformedBytesException;
import io.raftwood.cluster.ClusterFields;

/**
 * The answer to {@link StateHashRequest}.
 *
 * @param state how far the replica is
 * @param hash hexadecimal; empty unless hashed
 * @param rows number of rows hashed
 */
public record StateHashReply(State state, String hash, long rows) {
  private static final int FORMAT = 1;

  /** How far a replica is with a barrier. */
  public enum State {
    /** Has not applied the barrier yet, or hashes still: ask again. */
    PENDING(1),
    /** Has hashed. */
    HASHED(2),
    /** Went past the barrier without it, or has forgotten it: try another barrier. */
    SKIPPED(3),
    /** The node runs no replica of the group. */
    NOT_HOSTED(4);

    private final int tag;

    State(int tag) {
      this.tag = tag;
    }

    private static State of(int tag) {
      for (State state : values()) {
        if (state.tag == tag) {
          return state;
        }
      }
      throw new MalformedBytesException("no hash state has tag " + tag);
    }
  }

  static StateHashReply without(State state) {
    return new StateHashReply(state, "", 0);
  }

  /** As bytes: format byte, state, hash, rows. */
  public Bytes encode() {
    return new ByteWriter().u8(FORMAT).u8(state.tag).text(hash).varint(rows).toBytes();
  }

  /**
   * Reads what {@link #encode} wrote.
   *
   * @throws MalformedBytesException for anything else
   */
  public static StateHashReply decode(Bytes bytes) {
    ByteReader in = new ByteReader(bytes);
    ClusterFields.expectFormat(in, FORMAT);
    StateHashReply reply =
        new StateHashReply(State.of(in.u8()), in.text(), ClusterFields.readCounter(in));
    in.expectEnd();
    return reply;
  }
}
