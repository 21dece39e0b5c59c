package io.raftwood.membership;

import io.raftwood.bytes.ByteReader;
import io.raftwood.bytes.ByteWriter;
import io.raftwood.bytes.MalformedBytesException;
import io.raftwood.cluster.ClusterFields;
import io.raftwood.raft.PeerId;
import java.util.List;

/** One change of a group's configuration or leadership, for the replica that leads it. */
public sealed interface MembershipStep {
  /** Calls the handler's method for this step. */
  <R> R dispatch(Handler<R> handler);

  /** Let {@code peer} follow without a vote. */
  record AddLearner(PeerId peer) implements MembershipStep {
    @Override
    public <R> R dispatch(Handler<R> handler) {
      return handler.addLearner(this);
    }
  }

  /** Let the learner {@code peer} go. */
  record RemoveLearner(PeerId peer) implements MembershipStep {
    @Override
    public <R> R dispatch(Handler<R> handler) {
      return handler.removeLearner(this);
    }
  }

  /** Make {@code voters} the voters in one joint change; learners among them are promoted. */
  record ChangeVoters(List<PeerId> voters) implements MembershipStep {
    /** Copies the list. */
    public ChangeVoters {
      voters = List.copyOf(voters);
    }

    @Override
    public <R> R dispatch(Handler<R> handler) {
      return handler.changeVoters(this);
    }
  }

  /** Hand leadership to the voter {@code peer}. */
  record TransferLeadership(PeerId peer) implements MembershipStep {
    @Override
    public <R> R dispatch(Handler<R> handler) {
      return handler.transferLeadership(this);
    }
  }

  /** One method for each step. */
  interface Handler<R> {
    /** Handles {@link AddLearner}. */
    R addLearner(AddLearner step);

    /** Handles {@link RemoveLearner}. */
    R removeLearner(RemoveLearner step);

    /** Handles {@link ChangeVoters}. */
    R changeVoters(ChangeVoters step);

    /** Handles {@link TransferLeadership}. */
    R transferLeadership(TransferLeadership step);
  }

  /** Steps as fields of a message: tag, peers. Reading is total. */
  final class Codec {
    private static final int ADD_LEARNER = 1;
    private static final int REMOVE_LEARNER = 2;
    private static final int CHANGE_VOTERS = 3;
    private static final int TRANSFER_LEADERSHIP = 4;

    private Codec() {}

    static void write(ByteWriter out, MembershipStep step) {
      step.dispatch(new Writer(out));
    }

    static MembershipStep read(ByteReader in) {
      int tag = in.u8();
      switch (tag) {
        case ADD_LEARNER:
          return new AddLearner(NodeReportCodec.readPeer(in));
        case REMOVE_LEARNER:
          return new RemoveLearner(NodeReportCodec.readPeer(in));
        case CHANGE_VOTERS:
          return new ChangeVoters(ClusterFields.readList(in, NodeReportCodec::readPeer));
        case TRANSFER_LEADERSHIP:
          return new TransferLeadership(NodeReportCodec.readPeer(in));
        default:
          throw new MalformedBytesException("no membership step has tag " + tag);
      }
    }

    private static final class Writer implements Handler<ByteWriter> {
      private final ByteWriter out;

      Writer(ByteWriter out) {
        this.out = out;
      }

      @Override
      public ByteWriter addLearner(AddLearner step) {
        return peer(ADD_LEARNER, step.peer());
      }

      @Override
      public ByteWriter removeLearner(RemoveLearner step) {
        return peer(REMOVE_LEARNER, step.peer());
      }

      @Override
      public ByteWriter changeVoters(ChangeVoters step) {
        ClusterFields.writeList(out.u8(CHANGE_VOTERS), step.voters(), NodeReportCodec::writePeer);
        return out;
      }

      @Override
      public ByteWriter transferLeadership(TransferLeadership step) {
        return peer(TRANSFER_LEADERSHIP, step.peer());
      }

      private ByteWriter peer(int tag, PeerId peer) {
        NodeReportCodec.writePeer(out.u8(tag), peer);
        return out;
      }
    }
  }
}
