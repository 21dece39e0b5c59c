package io.raftwood.raft;

import io.raftwood.bytes.ByteWriter;
import io.raftwood.bytes.Bytes;
import java.util.ArrayList;
import java.util.List;

/**
 * A machine that keeps each command under its revision and answers with revision and clock; the
 * command {@code FF} followed by a u32 answers with that many bytes.
 */
final class JournalMachine implements Machine {
  static final int FAMILY = 9;

  /** Every command applied by this object, in order. */
  final List<Bytes> applied = new ArrayList<>();

  @Override
  public int family() {
    return FAMILY;
  }

  @Override
  public Bytes apply(ApplyContext context, Bytes command) {
    applied.add(command);
    context.batch().put(row(context.revision()), command);
    if (command.length() == 5 && command.at(0) == 0xff) {
      return Bytes.wrap(new byte[command.at(2) << 16 | command.at(3) << 8 | command.at(4)]);
    }
    return answer(context.revision(), context.clockMillis());
  }

  @Override
  public Bytes query(QueryContext context, Bytes query) {
    return answer(query.at(0), context.clockMillis())
        .concat(context.view().get(row(query.at(0))).orElse(Bytes.EMPTY));
  }

  static Bytes answer(long revision, long clockMillis) {
    return new ByteWriter(16).u64(revision).u64(clockMillis).toBytes();
  }

  static Bytes row(long revision) {
    return new ByteWriter(9).u8(7).u64(revision).toBytes();
  }
}
