package io.raftwood.bench.micro;

import io.raftwood.bytes.Bytes;
import io.raftwood.kv.KvCommand;
import io.raftwood.kv.KvCommandCodec;
import io.raftwood.kv.RecordId;
import io.raftwood.raft.Command;
import java.util.Locale;

/** Puts as the load generator makes them. */
final class Puts {
  static final int VALUE_BYTES = 100;
  static final long CLOCK = 1_700_000_000_000L;

  private Puts() {}

  static Bytes key(int number) {
    return Bytes.utf8(String.format(Locale.ROOT, "bench:%010d", number));
  }

  static RecordId id(int number) {
    return RecordId.key(key(number));
  }

  static Command command(int number) {
    byte[] value = new byte[VALUE_BYTES];
    value[0] = (byte) number;
    KvCommand put = new KvCommand.Put(id(number), Bytes.wrap(value), 0, 0);
    return Command.of(KvCommand.FAMILY, KvCommandCodec.encode(put));
  }
}
