package io.raftwood.backup;

import io.raftwood.bytes.ByteReader;
import io.raftwood.bytes.ByteWriter;
import io.raftwood.bytes.Bytes;
import io.raftwood.bytes.MalformedBytesException;
import java.util.List;

/**
 * What puts items into a group. Family {@value #FAMILY}, format 1, byte by byte in {@code
 * docs/formats.md}; tags are never reused: 1 begin, 2 end, 3 put. Safe to repeat.
 */
public sealed interface RestoreCommand {
  /** The family of restores in log entries. */
  int FAMILY = 5;

  /** The payload format that is written, and the only one that is read. */
  int FORMAT = 1;

  /** Length of a restore's id, in bytes. */
  int ID_BYTES = 16;

  /** Most items of one command. */
  int ITEMS_MAX = 4096;

  /** Calls the handler's method for this command. */
  <R> R dispatch(Handler<R> handler);

  /** The payload. */
  Bytes encode();

  /**
   * Marks a group that holds nothing as being restored.
   *
   * @param id of the restore: of what is restored into which cluster
   */
  record Begin(Bytes id) implements RestoreCommand {
    private static final int TAG = 1;

    @Override
    public <R> R dispatch(Handler<R> handler) {
      return handler.begin(this);
    }

    @Override
    public Bytes encode() {
      return start(TAG, 0).raw(checked(id)).toBytes();
    }
  }

  /** Takes the mark away. */
  record End(Bytes id) implements RestoreCommand {
    private static final int TAG = 2;

    @Override
    public <R> R dispatch(Handler<R> handler) {
      return handler.end(this);
    }

    @Override
    public Bytes encode() {
      return start(TAG, 0).raw(checked(id)).toBytes();
    }
  }

  /**
   * Puts items.
   *
   * @param id of the restore; all zeros with another rule
   * @param rule how they meet what is there
   * @param family whose items they are
   * @param items 1..{@value #ITEMS_MAX}
   */
  record Put(Bytes id, RestoreRule rule, int family, List<Bytes> items) implements RestoreCommand {
    private static final int TAG = 3;

    /** Copies the list. */
    public Put {
      items = List.copyOf(items);
    }

    @Override
    public <R> R dispatch(Handler<R> handler) {
      return handler.put(this);
    }

    @Override
    public Bytes encode() {
      if (items.isEmpty() || items.size() > ITEMS_MAX) {
        throw new IllegalArgumentException(items.size() + " items");
      }
      int bytes = items.stream().mapToInt(item -> item.length() + 5).sum();
      ByteWriter writer = start(TAG, bytes).raw(checked(id)).u8(rule.number()).u8(family);
      writer.varint(items.size());
      items.forEach(writer::sized);
      return writer.toBytes();
    }

    private static Put read(ByteReader reader) {
      Bytes id = reader.raw(ID_BYTES);
      RestoreRule rule = RestoreRule.of(reader.u8());
      int family = reader.u8();
      List<Bytes> items = ArchivePage.decodeItems(reader.rest());
      if (items.isEmpty() || items.size() > ITEMS_MAX) {
        throw new MalformedBytesException(items.size() + " items");
      }
      return new Put(id, rule, family, items);
    }
  }

  /** One method for each command. */
  interface Handler<R> {
    /** Handles {@link Begin}. */
    R begin(Begin command);

    /** Handles {@link End}. */
    R end(End command);

    /** Handles {@link Put}. */
    R put(Put command);
  }

  /**
   * Reads a payload.
   *
   * @throws MalformedBytesException when it is not a known command; nothing else
   */
  static RestoreCommand decode(Bytes payload) {
    ByteReader reader = new ByteReader(payload);
    int format = reader.u8();
    int tag = reader.u8();
    if (format != FORMAT || tag < Begin.TAG || tag > Put.TAG) {
      throw new MalformedBytesException("restore command of format " + format + ", tag " + tag);
    }
    if (tag == Put.TAG) {
      return Put.read(reader);
    }
    Bytes id = reader.raw(ID_BYTES);
    reader.expectEnd();
    return tag == Begin.TAG ? new Begin(id) : new End(id);
  }

  /** Whether {@code payload} is a command that only removes, as far as its tag says. */
  static boolean removes(Bytes payload) {
    return payload.length() >= 2 && payload.at(0) == FORMAT && payload.at(1) == End.TAG;
  }

  private static ByteWriter start(int tag, int bytes) {
    return new ByteWriter(bytes + ID_BYTES + 8).u8(FORMAT).u8(tag);
  }

  private static Bytes checked(Bytes id) {
    if (id.length() != ID_BYTES) {
      throw new IllegalArgumentException("an id of " + id.length() + " bytes");
    }
    return id;
  }
}
