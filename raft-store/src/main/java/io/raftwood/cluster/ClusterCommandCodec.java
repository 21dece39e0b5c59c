package io.raftwood.cluster;

import io.raftwood.bytes.ByteReader;
import io.raftwood.bytes.ByteWriter;
import io.raftwood.bytes.Bytes;
import io.raftwood.bytes.MalformedBytesException;
import java.util.List;

/** Format byte, tag, fields ({@code docs/formats.md}). Tags are never reused. */
public final class ClusterCommandCodec {
  private static final int FORMAT = 1;
  private static final int FORM_CLUSTER = 1;
  private static final int REGISTER_INCARNATION = 2;
  private static final int RECORD_START = 3;
  private static final int CHANGE_PLACEMENT = 4;
  private static final int PUT_USER = 20;
  private static final int REMOVE_USER = 21;
  private static final int ISSUE_TABLE_ID = 22;
  private static final int REDEEM_TABLE_ID = 23;
  private static final int ADD_NODE = 24;
  private static final int REMOVE_NODE = 25;
  private static final int FORGET_NODE = 26;
  private static final int RECOVER_CLUSTER = 27;
  private static final int REGISTER_CACHE = 40;
  private static final int BEGIN_CACHE_EPOCH = 41;
  private static final int SEAT_CACHE_VOTERS = 42;

  private ClusterCommandCodec() {}

  /** Encodes {@code command}. */
  public static Bytes encode(ClusterCommand command) {
    ByteWriter out = new ByteWriter().u8(FORMAT);
    command.dispatch(new Writer(out));
    return out.toBytes();
  }

  /**
   * Decodes what {@link #encode} wrote.
   *
   * @throws MalformedBytesException for anything else
   */
  public static ClusterCommand decode(Bytes bytes) {
    ByteReader in = new ByteReader(bytes);
    ClusterFields.expectFormat(in, FORMAT);
    ClusterCommand command = body(in.u8(), in);
    in.expectEnd();
    return command;
  }

  private static ClusterCommand body(int tag, ByteReader in) {
    switch (tag) {
      case FORM_CLUSTER:
        return new ClusterCommand.FormCluster(FormationCodec.read(in));
      case REGISTER_INCARNATION:
        return new ClusterCommand.RegisterIncarnation(
            ClusterFields.readName(in), ClusterFields.readId(in), ClusterFields.readCounter(in));
      case RECORD_START:
        return new ClusterCommand.RecordStart(
            ClusterFields.readName(in), ClusterFields.readId(in), ClusterFields.readCounter(in));
      case CHANGE_PLACEMENT:
        return new ClusterCommand.ChangePlacement(
            ClusterFields.readList(in, ClusterCommandCodec::readMark),
            readPreferences(in),
            ClusterFields.readCounter(in));
      case PUT_USER:
        return readUser(in);
      case REMOVE_USER:
        String removed = in.text();
        return ClusterFields.checked(() -> new ClusterCommand.RemoveUser(removed));
      case ISSUE_TABLE_ID:
        long issued = ClusterFields.readCounter(in);
        return ClusterFields.checked(() -> new ClusterCommand.IssueTableId(issued));
      case REDEEM_TABLE_ID:
        return readRedemption(in);
      default:
        return nodeBody(tag, in);
    }
  }

  private static ClusterCommand nodeBody(int tag, ByteReader in) {
    switch (tag) {
      case ADD_NODE:
        return new ClusterCommand.AddNode(
            ClusterFields.readName(in),
            ClusterFields.readAddress(in),
            ClusterFields.readAddress(in));
      case REMOVE_NODE:
        return new ClusterCommand.RemoveNode(ClusterFields.readName(in));
      case FORGET_NODE:
        return new ClusterCommand.ForgetNode(ClusterFields.readName(in));
      case RECOVER_CLUSTER:
        return new ClusterCommand.RecoverCluster(FormationCodec.read(in), readPreferences(in));
      default:
        return cacheBody(tag, in);
    }
  }

  private static ClusterCommand cacheBody(int tag, ByteReader in) {
    switch (tag) {
      case REGISTER_CACHE:
        return new ClusterCommand.RegisterCache(
            ClusterFields.readName(in), ClusterFields.readId(in), ClusterFields.readId(in));
      case BEGIN_CACHE_EPOCH:
        return new ClusterCommand.BeginCacheEpoch(in.text(), ClusterFields.readFlag(in));
      case SEAT_CACHE_VOTERS:
        return new ClusterCommand.SeatCacheVoters(
            in.text(), CacheFields.readSeats(in), ClusterFields.readFlag(in));
      default:
        throw new MalformedBytesException("no cluster command has tag " + tag);
    }
  }

  private static ClusterCommand readUser(ByteReader in) {
    int rule = in.count(ClusterCommand.UserRule.values().length - 1);
    String name = in.text();
    int roles = in.u8();
    PasswordHash password = PasswordHash.read(in);
    return ClusterFields.checked(
        () ->
            new ClusterCommand.PutUser(
                ClusterCommand.UserRule.values()[rule], name, Role.ofBits(roles), password));
  }

  private static ClusterCommand readRedemption(ByteReader in) {
    long id = ClusterFields.readCounter(in);
    List<GroupPreference> preferences = readPreferences(in);
    long epoch = ClusterFields.readCounter(in);
    return ClusterFields.checked(() -> new ClusterCommand.RedeemTableId(id, preferences, epoch));
  }

  private static NodeMark readMark(ByteReader in) {
    String name = ClusterFields.readName(in);
    int standing = in.u8();
    return ClusterFields.checked(() -> new NodeMark(name, NodeStanding.of(standing)));
  }

  private static List<GroupPreference> readPreferences(ByteReader in) {
    return ClusterFields.readList(in, from -> new GroupPreference(from.text(), readNames(from)));
  }

  private static List<String> readNames(ByteReader in) {
    return ClusterFields.readList(in, ByteReader::text);
  }

  /** Appends tag and fields. */
  private static final class Writer implements ClusterCommand.Handler<ByteWriter> {
    private final ByteWriter out;

    Writer(ByteWriter out) {
      this.out = out;
    }

    @Override
    public ByteWriter formCluster(ClusterCommand.FormCluster command) {
      out.u8(FORM_CLUSTER);
      FormationCodec.write(out, command.formation());
      return out;
    }

    @Override
    public ByteWriter registerIncarnation(ClusterCommand.RegisterIncarnation command) {
      return start(REGISTER_INCARNATION, command.name(), command.incarnation(), command.starts());
    }

    @Override
    public ByteWriter recordStart(ClusterCommand.RecordStart command) {
      return start(RECORD_START, command.name(), command.incarnation(), command.starts());
    }

    @Override
    public ByteWriter changePlacement(ClusterCommand.ChangePlacement command) {
      ClusterFields.writeList(
          out.u8(CHANGE_PLACEMENT),
          command.marks(),
          (to, mark) -> to.text(mark.node()).u8(mark.standing().tag()));
      return preferences(command.groups()).varint(command.expectedEpoch());
    }

    @Override
    public ByteWriter addNode(ClusterCommand.AddNode command) {
      out.u8(ADD_NODE).text(command.name());
      ClusterFields.writeAddress(out, command.http());
      ClusterFields.writeAddress(out, command.raft());
      return out;
    }

    @Override
    public ByteWriter removeNode(ClusterCommand.RemoveNode command) {
      return out.u8(REMOVE_NODE).text(command.name());
    }

    @Override
    public ByteWriter forgetNode(ClusterCommand.ForgetNode command) {
      return out.u8(FORGET_NODE).text(command.name());
    }

    @Override
    public ByteWriter recoverCluster(ClusterCommand.RecoverCluster command) {
      FormationCodec.write(out.u8(RECOVER_CLUSTER), command.formation());
      return preferences(command.leaders());
    }

    @Override
    public ByteWriter putUser(ClusterCommand.PutUser command) {
      out.u8(PUT_USER).varint(command.rule().ordinal()).text(command.name());
      out.u8(Role.bits(command.roles()));
      command.password().write(out);
      return out;
    }

    @Override
    public ByteWriter removeUser(ClusterCommand.RemoveUser command) {
      return out.u8(REMOVE_USER).text(command.name());
    }

    @Override
    public ByteWriter issueTableId(ClusterCommand.IssueTableId command) {
      return out.u8(ISSUE_TABLE_ID).varint(command.id());
    }

    @Override
    public ByteWriter redeemTableId(ClusterCommand.RedeemTableId command) {
      out.u8(REDEEM_TABLE_ID).varint(command.id());
      return preferences(command.preferences()).varint(command.expectedEpoch());
    }

    private ByteWriter preferences(List<GroupPreference> preferences) {
      ClusterFields.writeList(
          out,
          preferences,
          (to, group) -> {
            to.text(group.group());
            ClusterFields.writeList(to, group.voters(), ByteWriter::text);
          });
      return out;
    }

    @Override
    public ByteWriter registerCache(ClusterCommand.RegisterCache command) {
      out.u8(REGISTER_CACHE).text(command.name());
      ClusterFields.writeId(out, command.incarnation());
      ClusterFields.writeId(out, command.memory());
      return out;
    }

    @Override
    public ByteWriter beginCacheEpoch(ClusterCommand.BeginCacheEpoch command) {
      return out.u8(BEGIN_CACHE_EPOCH).text(command.group()).u8(command.stuck() ? 1 : 0);
    }

    @Override
    public ByteWriter seatCacheVoters(ClusterCommand.SeatCacheVoters command) {
      out.u8(SEAT_CACHE_VOTERS).text(command.group());
      CacheFields.writeSeats(out, command.voters());
      return out.u8(command.settled() ? 1 : 0);
    }

    private ByteWriter start(int tag, String name, String incarnation, long starts) {
      out.u8(tag).text(name);
      ClusterFields.writeId(out, incarnation);
      return out.varint(starts);
    }
  }
}
