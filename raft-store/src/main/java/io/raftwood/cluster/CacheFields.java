package io.raftwood.cluster;

import io.raftwood.bytes.ByteReader;
import io.raftwood.bytes.ByteWriter;
import java.util.List;

/** The cache's part of the cluster formats. Reading is total. */
final class CacheFields {
  private CacheFields() {}

  static void writeRoster(ByteWriter out, CacheRoster roster) {
    ClusterFields.writeList(out, roster.members(), CacheFields::writeMember);
    ClusterFields.writeList(out, roster.groups(), CacheFields::writeGroup);
  }

  static CacheRoster readRoster(ByteReader in) {
    return new CacheRoster(
        ClusterFields.readList(in, CacheFields::readMember),
        ClusterFields.readList(in, CacheFields::readGroup));
  }

  static void writeSeats(ByteWriter out, List<CacheSeat> seats) {
    ClusterFields.writeList(out, seats, (to, seat) -> to.text(seat.node()).varint(seat.index()));
  }

  static List<CacheSeat> readSeats(ByteReader in) {
    return ClusterFields.readList(
        in, from -> new CacheSeat(ClusterFields.readName(from), from.count(Integer.MAX_VALUE)));
  }

  private static void writeMember(ByteWriter out, CacheMember member) {
    out.text(member.node());
    ClusterFields.writeId(out, member.incarnation());
    out.varint(member.index());
  }

  private static CacheMember readMember(ByteReader in) {
    return new CacheMember(
        ClusterFields.readName(in), ClusterFields.readId(in), in.count(Integer.MAX_VALUE));
  }

  private static void writeGroup(ByteWriter out, CacheGroup group) {
    out.text(group.base()).varint(group.epoch());
    writeSeats(out, group.founders());
    writeSeats(out, group.seated());
    writeSeats(out, group.next());
  }

  private static CacheGroup readGroup(ByteReader in) {
    return new CacheGroup(
        in.text(), ClusterFields.readCounter(in), readSeats(in), readSeats(in), readSeats(in));
  }
}
