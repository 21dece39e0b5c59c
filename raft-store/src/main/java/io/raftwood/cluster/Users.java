package io.raftwood.cluster;

import io.raftwood.bytes.ByteReader;
import io.raftwood.bytes.ByteWriter;
import io.raftwood.bytes.Bytes;
import io.raftwood.bytes.MalformedBytesException;
import java.util.List;
import java.util.Optional;

/**
 * Who may use the HTTP port: a row of its own beside the cluster map, so that it goes nowhere the
 * map goes (reports, status, joining nodes).
 *
 * @param version the meta group's revision of the last change; 0 = never changed
 * @param list in name order
 */
public record Users(long version, List<UserRecord> list) {
  /** Nobody yet. */
  public static final Users NONE = new Users(0, List.of());

  /** The most users. */
  public static final int COUNT_MAX = 1_000;

  private static final int FORMAT = 1;

  /** Copies the list. */
  public Users {
    list = List.copyOf(list);
  }

  /** The user called {@code name}. */
  public Optional<UserRecord> find(String name) {
    return list.stream().filter(user -> user.name().equals(name)).findFirst();
  }

  /** As bytes: format byte, version, users. */
  public Bytes encode() {
    ByteWriter out = new ByteWriter().u8(FORMAT).varint(version);
    ClusterFields.writeList(out, list, Users::write);
    return out.toBytes();
  }

  /**
   * Reads what {@link #encode} wrote; no bytes at all are {@link #NONE}.
   *
   * @throws MalformedBytesException for anything else
   */
  public static Users decode(Bytes bytes) {
    if (bytes.isEmpty()) {
      return NONE;
    }
    ByteReader in = new ByteReader(bytes);
    ClusterFields.expectFormat(in, FORMAT);
    Users users = new Users(ClusterFields.readCounter(in), ClusterFields.readList(in, Users::read));
    in.expectEnd();
    return users;
  }

  private static void write(ByteWriter out, UserRecord user) {
    out.text(user.name()).u8(Role.bits(user.roles()));
    user.password().write(out);
    out.varint(user.version());
  }

  private static UserRecord read(ByteReader in) {
    String name = in.text();
    int bits = in.u8();
    PasswordHash password = PasswordHash.read(in);
    long version = ClusterFields.readCounter(in);
    return ClusterFields.checked(() -> new UserRecord(name, Role.ofBits(bits), password, version));
  }
}
