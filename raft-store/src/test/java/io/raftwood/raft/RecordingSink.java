package io.raftwood.raft;

import io.raftwood.bytes.Bytes;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Keeps the entries it is given; the test says what becomes of them. */
final class RecordingSink implements EntrySink {
  /** One entry that was proposed. */
  record Sent(List<Bytes> payloads, Outcome outcome) {
    /** It is applied at {@code index}; each command is answered with its own payload. */
    void applied(long index) {
      outcome.applied(payloads, index);
    }
  }

  /** All entries so far, in order. */
  final List<Sent> sent = new CopyOnWriteArrayList<>();

  private final Consumer<Outcome> atOnce;

  /** Entries wait for the test. */
  RecordingSink() {
    this(outcome -> {});
  }

  /** {@code atOnce} is run with each outcome before {@link #append} returns. */
  RecordingSink(Consumer<Outcome> atOnce) {
    this.atOnce = atOnce;
  }

  @Override
  public void append(Bytes entry, Outcome outcome) {
    List<Command> commands = EntryCodec.decode(entry).commands();
    sent.add(new Sent(commands.stream().map(Command::payload).toList(), outcome));
    atOnce.accept(outcome);
  }

  /** How many commands each entry carries. */
  List<Integer> sizes() {
    return sent.stream().map(one -> one.payloads().size()).toList();
  }
}
