package io.raftwood.membership;

import io.raftwood.bytes.ByteReader;
import io.raftwood.bytes.ByteWriter;
import io.raftwood.bytes.Bytes;
import io.raftwood.bytes.MalformedBytesException;
import io.raftwood.cluster.ClusterFields;
import io.raftwood.cluster.ClusterMap;
import io.raftwood.cluster.ClusterMapCodec;
import io.raftwood.cluster.ClusterResult;
import io.raftwood.cluster.ClusterResultCodec;
import java.util.Optional;

/** The answer to {@link ClusterCommandRequest}. */
public sealed interface ClusterCommandReply {
  /** Calls the handler's method for this reply. */
  <R> R dispatch(Handler<R> handler);

  /**
   * The command is committed and applied.
   *
   * @param result what it came to
   * @param map the cluster map afterwards
   */
  record Decided(ClusterResult result, Optional<ClusterMap> map) implements ClusterCommandReply {
    @Override
    public <R> R dispatch(Handler<R> handler) {
      return handler.decided(this);
    }
  }

  /** Nothing was proposed here; {@code leader} leads the meta group, if known. */
  record Elsewhere(Optional<String> leader) implements ClusterCommandReply {
    @Override
    public <R> R dispatch(Handler<R> handler) {
      return handler.elsewhere(this);
    }
  }

  /**
   * It failed.
   *
   * @param message why
   * @param certainlyNotApplied whether it certainly had no effect
   */
  record Failed(String message, boolean certainlyNotApplied) implements ClusterCommandReply {
    @Override
    public <R> R dispatch(Handler<R> handler) {
      return handler.failed(this);
    }
  }

  /** One method for each reply. */
  interface Handler<R> {
    /** Handles {@link Decided}. */
    R decided(Decided reply);

    /** Handles {@link Elsewhere}. */
    R elsewhere(Elsewhere reply);

    /** Handles {@link Failed}. */
    R failed(Failed reply);
  }

  /** Replies as bytes: format byte, tag, fields. Decoding is total. */
  final class Codec {
    private static final int FORMAT = 1;
    private static final int DECIDED = 1;
    private static final int ELSEWHERE = 2;
    private static final int FAILED = 3;

    private Codec() {}

    /** Encodes {@code reply}. */
    public static Bytes encode(ClusterCommandReply reply) {
      return reply.dispatch(new Writer()).toBytes();
    }

    /**
     * Decodes what {@link #encode} wrote.
     *
     * @throws MalformedBytesException for anything else
     */
    public static ClusterCommandReply decode(Bytes bytes) {
      ByteReader in = new ByteReader(bytes);
      ClusterFields.expectFormat(in, FORMAT);
      ClusterCommandReply reply = body(in.u8(), in);
      in.expectEnd();
      return reply;
    }

    private static ClusterCommandReply body(int tag, ByteReader in) {
      switch (tag) {
        case DECIDED:
          ClusterResult result = ClusterResultCodec.decode(in.sized());
          Bytes map = in.sized();
          return new Decided(
              result, map.isEmpty() ? Optional.empty() : Optional.of(ClusterMapCodec.decode(map)));
        case ELSEWHERE:
          String leader = in.text();
          return new Elsewhere(leader.isEmpty() ? Optional.empty() : Optional.of(leader));
        case FAILED:
          return new Failed(in.text(), in.count(1) == 1);
        default:
          throw new MalformedBytesException("no cluster command reply has tag " + tag);
      }
    }

    private static final class Writer implements Handler<ByteWriter> {
      private final ByteWriter out = new ByteWriter().u8(FORMAT);

      @Override
      public ByteWriter decided(Decided reply) {
        return out.u8(DECIDED)
            .sized(ClusterResultCodec.encode(reply.result()))
            .sized(reply.map().map(ClusterMapCodec::encode).orElse(Bytes.EMPTY));
      }

      @Override
      public ByteWriter elsewhere(Elsewhere reply) {
        return out.u8(ELSEWHERE).text(reply.leader().orElse(""));
      }

      @Override
      public ByteWriter failed(Failed reply) {
        return out.u8(FAILED).text(reply.message()).u8(reply.certainlyNotApplied() ? 1 : 0);
      }
    }
  }
}
