package io.raftwood.bench.micro;

import io.raftwood.bytes.Bytes;
import io.raftwood.kv.KvCommand;
import io.raftwood.kv.KvCommandCodec;
import io.raftwood.kv.KvQuery;
import io.raftwood.kv.KvQueryCodec;
import io.raftwood.kv.RecordId;
import io.raftwood.raft.BundleCodec;
import io.raftwood.raft.Command;
import io.raftwood.raft.Entry;
import io.raftwood.raft.EntryCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Log entries, commands and queries as bytes. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CodecBenchmark {
  private static final int COMMANDS = 64;

  private final KvCommand put =
      new KvCommand.Put(Puts.id(7), Bytes.wrap(new byte[Puts.VALUE_BYTES]), 0, 0);
  private final List<Command> commands = commands();
  private final Bytes entry = EntryCodec.encode(Puts.CLOCK, commands);
  private final Bytes encodedPut = KvCommandCodec.encode(put);
  private final Bytes encodedGet = KvQueryCodec.encode(new KvQuery.Get(RecordId.key(Puts.key(7))));

  private static List<Command> commands() {
    List<Command> commands = new ArrayList<>();
    for (int i = 0; i < COMMANDS; i++) {
      commands.add(Puts.command(i));
    }
    return commands;
  }

  /** An entry of 64 puts. */
  @Benchmark
  public Bytes encodeEntry() {
    return EntryCodec.encode(Puts.CLOCK, commands);
  }

  /** The same entry; its commands stay encoded. */
  @Benchmark
  public Entry decodeEntry() {
    return EntryCodec.decode(entry);
  }

  /** 64 puts as one command. */
  @Benchmark
  public Command encodeBundle() {
    return BundleCodec.ofCommands(commands);
  }

  /** A put. */
  @Benchmark
  public Bytes encodePut() {
    return KvCommandCodec.encode(put);
  }

  /** A put. */
  @Benchmark
  public KvCommand decodePut() {
    return KvCommandCodec.decode(encodedPut);
  }

  /** A get. */
  @Benchmark
  public KvQuery decodeGet() {
    return KvQueryCodec.decode(encodedGet);
  }
}
