package io.raftwood.bench.micro;

import io.raftwood.bytes.Bytes;
import io.raftwood.kv.KvCommand;
import io.raftwood.kv.KvQuery;
import io.raftwood.kv.KvQueryCodec;
import io.raftwood.kv.machine.KvMachine;
import io.raftwood.raft.Command;
import io.raftwood.raft.Query;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Records: entries of puts applied to RocksDB, and gets from it. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class ApplyBenchmark {
  private static final int KEYS = 20_000;

  /** Commands of an entry. */
  @Param({"1", "64"})
  public int commands;

  private final SplittableRandom random = new SplittableRandom(1);
  private AppliedGroup group;

  /** Puts every key once. */
  @Setup
  public void load() throws IOException {
    group = new AppliedGroup(new KvMachine());
    for (int key = 0; key < KEYS; key += 100) {
      List<Command> puts = new ArrayList<>();
      for (int i = key; i < key + 100; i++) {
        puts.add(Puts.command(i));
      }
      group.apply(puts);
    }
  }

  /** Deletes everything. */
  @TearDown
  public void close() throws IOException {
    group.close();
  }

  /** One entry of as many puts, encoded, applied and made visible. */
  @Benchmark
  public List<Bytes> applyPuts() {
    List<Command> puts = new ArrayList<>(commands);
    for (int i = 0; i < commands; i++) {
      puts.add(Puts.command(random.nextInt(KEYS)));
    }
    return group.apply(puts);
  }

  /** A get of applied state. */
  @Benchmark
  public Bytes get() {
    KvQuery get = new KvQuery.Get(Puts.id(random.nextInt(KEYS)));
    return group.query(new Query(KvCommand.FAMILY, KvQueryCodec.encode(get)));
  }
}
