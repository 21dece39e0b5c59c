package io.raftwood.cluster;

import io.raftwood.bytes.ByteReader;
import io.raftwood.bytes.ByteWriter;
import io.raftwood.bytes.Bytes;
import io.raftwood.bytes.MalformedBytesException;
import io.raftwood.peer.NodeAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * The fields that the formats of cluster and membership share ({@code docs/formats.md}). Reading is
 * total: malformed input ends in {@link MalformedBytesException}.
 */
public final class ClusterFields {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,64}");
  private static final Pattern INCARNATION = Pattern.compile("[0-9a-f]{32}");
  private static final int ID_BYTES = 16;

  private ClusterFields() {}

  /**
   * Demands the form of a node's name.
   *
   * @throws IllegalArgumentException when {@code name} has another form
   */
  public static void checkName(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "node name '" + name + "' is not 1..64 characters of A-Z a-z 0-9 _ . -");
    }
  }

  /**
   * Demands the form of an incarnation or a cluster id.
   *
   * @throws IllegalArgumentException when {@code incarnation} has another form
   */
  public static void checkIncarnation(String incarnation) {
    if (!INCARNATION.matcher(incarnation).matches()) {
      throw new IllegalArgumentException("not 32 lower-case hex digits: " + incarnation);
    }
  }

  /** Appends an incarnation or a cluster id as its 16 bytes. */
  public static void writeId(ByteWriter out, String hex) {
    checkIncarnation(hex);
    out.raw(Bytes.fromHex(hex));
  }

  /** Reads what {@link #writeId} wrote. */
  public static String readId(ByteReader in) {
    return in.raw(ID_BYTES).toHex();
  }

  /** Reads a node's name and checks its form. */
  public static String readName(ByteReader in) {
    String name = in.text();
    return checked(
        () -> {
          checkName(name);
          return name;
        });
  }

  /** Appends host and port. */
  public static void writeAddress(ByteWriter out, NodeAddress address) {
    out.text(address.host()).u16(address.port());
  }

  /** Reads what {@link #writeAddress} wrote. */
  public static NodeAddress readAddress(ByteReader in) {
    String host = in.text();
    int port = in.u16();
    return checked(() -> new NodeAddress(host, port));
  }

  /** Appends the number of items, then each. */
  public static <T> void writeList(ByteWriter out, List<T> items, BiConsumer<ByteWriter, T> item) {
    out.varint(items.size());
    items.forEach(next -> item.accept(out, next));
  }

  /** Reads what {@link #writeList} wrote; every item takes at least one byte. */
  public static <T> List<T> readList(ByteReader in, Function<ByteReader, T> item) {
    int count = in.count(in.remaining());
    List<T> items = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      items.add(item.apply(in));
    }
    return List.copyOf(items);
  }

  /** Reads a varint that is not negative as a signed number. */
  public static long readCounter(ByteReader in) {
    long value = in.varint();
    if (value < 0) {
      throw new MalformedBytesException("counter above 2^63-1");
    }
    return value;
  }

  /** Reads 0 or 1. */
  public static boolean readFlag(ByteReader in) {
    int flag = in.u8();
    if (flag > 1) {
      throw new MalformedBytesException("flag " + flag + " is neither 0 nor 1");
    }
    return flag == 1;
  }

  /** Demands the format byte {@code format}. */
  public static void expectFormat(ByteReader in, int format) {
    int found = in.u8();
    if (found != format) {
      throw new MalformedBytesException("format " + found + ", expected " + format);
    }
  }

  /** Builds a value whose constructor checks bounds; a refusal means malformed bytes. */
  public static <T> T checked(Supplier<T> value) {
    try {
      return value.get();
    } catch (IllegalArgumentException e) {
      throw new MalformedBytesException(e.getMessage());
    }
  }
}
