package io.raftwood.cluster;

import io.raftwood.bytes.ByteReader;
import io.raftwood.bytes.ByteWriter;
import io.raftwood.bytes.Bytes;
import io.raftwood.bytes.MalformedBytesException;

/** Format byte, tag, fields ({@code docs/formats.md}). Tags are never reused. */
public final class ClusterResultCodec {
  private static final int FORMAT = 1;
  private static final int ACCEPTED = 1;
  private static final int REGISTERED = 2;
  private static final int NOT_FORMED = 3;
  private static final int OTHER_CLUSTER = 4;
  private static final int UNKNOWN_NODE = 5;
  private static final int SUPERSEDED = 6;
  private static final int ROLLED_BACK = 7;
  private static final int EPOCH_MISMATCH = 8;
  private static final int INVALID_PLACEMENT = 9;
  private static final int USER_REFUSED = 20;
  private static final int TABLE_ID_REFUSED = 21;

  private ClusterResultCodec() {}

  /** Encodes {@code result}. */
  public static Bytes encode(ClusterResult result) {
    ByteWriter out = new ByteWriter().u8(FORMAT);
    result.dispatch(new Writer(out));
    return out.toBytes();
  }

  /**
   * Decodes what {@link #encode} wrote.
   *
   * @throws MalformedBytesException for anything else
   */
  public static ClusterResult decode(Bytes bytes) {
    ByteReader in = new ByteReader(bytes);
    ClusterFields.expectFormat(in, FORMAT);
    ClusterResult result = body(in.u8(), in);
    in.expectEnd();
    return result;
  }

  private static ClusterResult body(int tag, ByteReader in) {
    switch (tag) {
      case ACCEPTED:
        return new ClusterResult.Accepted(
            ClusterFields.readCounter(in), ClusterFields.readFlag(in));
      case REGISTERED:
        return new ClusterResult.Registered(
            in.count(Integer.MAX_VALUE), ClusterFields.readCounter(in));
      case NOT_FORMED:
        return new ClusterResult.NotFormed();
      case OTHER_CLUSTER:
        return new ClusterResult.OtherCluster(ClusterFields.readId(in));
      case UNKNOWN_NODE:
        return new ClusterResult.UnknownNode(ClusterFields.readName(in));
      case SUPERSEDED:
        return new ClusterResult.Superseded(ClusterFields.readId(in));
      case ROLLED_BACK:
        return new ClusterResult.RolledBack(ClusterFields.readCounter(in));
      case EPOCH_MISMATCH:
        return new ClusterResult.EpochMismatch(ClusterFields.readCounter(in));
      case INVALID_PLACEMENT:
        return new ClusterResult.InvalidPlacement(in.text());
      case USER_REFUSED:
        ClusterResult.UserRefusal[] users = ClusterResult.UserRefusal.values();
        return new ClusterResult.UserRefused(users[in.count(users.length - 1)]);
      case TABLE_ID_REFUSED:
        ClusterResult.TableIdRefusal[] ids = ClusterResult.TableIdRefusal.values();
        return new ClusterResult.TableIdRefused(ids[in.count(ids.length - 1)]);
      default:
        throw new MalformedBytesException("no cluster result has tag " + tag);
    }
  }

  /** Appends tag and fields. */
  private static final class Writer implements ClusterResult.Handler<ByteWriter> {
    private final ByteWriter out;

    Writer(ByteWriter out) {
      this.out = out;
    }

    @Override
    public ByteWriter accepted(ClusterResult.Accepted result) {
      return out.u8(ACCEPTED).varint(result.epoch()).u8(result.changed() ? 1 : 0);
    }

    @Override
    public ByteWriter registered(ClusterResult.Registered result) {
      return out.u8(REGISTERED).varint(result.index()).varint(result.epoch());
    }

    @Override
    public ByteWriter notFormed(ClusterResult.NotFormed result) {
      return out.u8(NOT_FORMED);
    }

    @Override
    public ByteWriter otherCluster(ClusterResult.OtherCluster result) {
      ClusterFields.writeId(out.u8(OTHER_CLUSTER), result.clusterId());
      return out;
    }

    @Override
    public ByteWriter unknownNode(ClusterResult.UnknownNode result) {
      return out.u8(UNKNOWN_NODE).text(result.name());
    }

    @Override
    public ByteWriter superseded(ClusterResult.Superseded result) {
      ClusterFields.writeId(out.u8(SUPERSEDED), result.current());
      return out;
    }

    @Override
    public ByteWriter rolledBack(ClusterResult.RolledBack result) {
      return out.u8(ROLLED_BACK).varint(result.recorded());
    }

    @Override
    public ByteWriter epochMismatch(ClusterResult.EpochMismatch result) {
      return out.u8(EPOCH_MISMATCH).varint(result.current());
    }

    @Override
    public ByteWriter invalidPlacement(ClusterResult.InvalidPlacement result) {
      return out.u8(INVALID_PLACEMENT).text(result.reason());
    }

    @Override
    public ByteWriter userRefused(ClusterResult.UserRefused result) {
      return out.u8(USER_REFUSED).varint(result.reason().ordinal());
    }

    @Override
    public ByteWriter tableIdRefused(ClusterResult.TableIdRefused result) {
      return out.u8(TABLE_ID_REFUSED).varint(result.reason().ordinal());
    }
  }
}
