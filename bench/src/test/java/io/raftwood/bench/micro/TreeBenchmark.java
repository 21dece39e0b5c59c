package io.raftwood.bench.micro;

import io.raftwood.bytes.Bytes;
import io.raftwood.raft.Command;
import io.raftwood.raft.Query;
import io.raftwood.tree.TreeCommandCodec;
import io.raftwood.tree.TreeMachine;
import io.raftwood.tree.TreeQueryCodec;
import io.raftwood.tree.model.Fanout;
import io.raftwood.tree.model.TreeCommand;
import io.raftwood.tree.model.TreeEntry;
import io.raftwood.tree.model.TreeId;
import io.raftwood.tree.model.TreeQuery;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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

/** A B+tree in RocksDB: inserts between its keys, and neighbours. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class TreeBenchmark {
  private static final TreeId TREE = TreeId.of("bench");
  private static final int SPACING = 1000;
  private static final int LOAD_ENTRIES = 1000;

  /** Keys that are loaded. */
  @Param({"100000"})
  public int keys;

  private final SplittableRandom random = new SplittableRandom(1);
  private AppliedGroup group;

  /** Loads the tree. */
  @Setup
  public void load() throws IOException {
    group = new AppliedGroup(new TreeMachine());
    for (int first = 0; first < keys; first += LOAD_ENTRIES) {
      List<TreeEntry> entries = new ArrayList<>();
      for (int key = first; key < Math.min(keys, first + LOAD_ENTRIES); key++) {
        entries.add(new TreeEntry(Puts.key(key * SPACING), value()));
      }
      apply(new TreeCommand.Load(TREE, entries, Optional.of(Fanout.DEFAULT)));
    }
  }

  private static Bytes value() {
    return Bytes.wrap(new byte[Puts.VALUE_BYTES]);
  }

  private List<Bytes> apply(TreeCommand command) {
    return group.apply(List.of(Command.of(TreeMachine.FAMILY, TreeCommandCodec.encode(command))));
  }

  /** Deletes everything. */
  @TearDown
  public void close() throws IOException {
    group.close();
  }

  /** One entry of one insert, applied and made visible. */
  @Benchmark
  public List<Bytes> insert() {
    Bytes key = Puts.key(random.nextInt(keys * SPACING));
    return apply(new TreeCommand.Insert(TREE, key, value(), Optional.empty()));
  }

  /** The neighbours of a key that is most likely not there. */
  @Benchmark
  public Bytes seek() {
    Bytes key = Puts.key(random.nextInt(keys * SPACING));
    return group.query(
        new Query(TreeMachine.FAMILY, TreeQueryCodec.encode(new TreeQuery.Seek(TREE, key))));
  }
}
