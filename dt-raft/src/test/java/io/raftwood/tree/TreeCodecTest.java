package io.raftwood.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.raftwood.bytes.ByteWriter;
import io.raftwood.bytes.Bytes;
import io.raftwood.bytes.MalformedBytesException;
import io.raftwood.fixtures.GoldenFile;
import io.raftwood.fixtures.TotalDecoder;
import io.raftwood.raft.CorruptEntryException;
import io.raftwood.raft.EntryApplier;
import io.raftwood.tree.model.Fanout;
import io.raftwood.tree.model.NodeId;
import io.raftwood.tree.model.TreeCommand;
import io.raftwood.tree.model.TreeEntry;
import io.raftwood.tree.model.TreeId;
import io.raftwood.tree.model.TreeLimits;
import io.raftwood.tree.model.TreeQuery;
import io.raftwood.tree.model.TreeResult;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class TreeCodecTest {
  private static final long SEED = 99;
  private static final TotalDecoder COMMANDS =
      new TotalDecoder(TreeCommandCodec::decode, CorruptEntryException.class);
  private static final TotalDecoder QUERIES =
      new TotalDecoder(TreeQueryCodec::decode, MalformedBytesException.class);
  private static final TotalDecoder RESULTS =
      new TotalDecoder(TreeResultCodec::decode, MalformedBytesException.class);

  private static final TreeId TREE = TreeId.of("t");
  private static final NodeId NODE = new NodeId(1140, 2);
  private static final Bytes KEY = Bytes.utf8("k");
  private static final Bytes VALUE = Bytes.utf8("v1");
  private static final Optional<Bytes> OLD = Optional.of(Bytes.utf8("v0"));
  private static final Optional<Bytes> NONE = Optional.empty();
  private static final Optional<Fanout> CREATION = Optional.of(new Fanout(64, 32));
  private static final GoldenFile GOLDEN = GoldenFile.read("tree-1.hex");

  private final TreeValues values = new TreeValues(SEED);

  @Nested
  class Commands {
    @Test
    void areReadAsWrittenAndInNoOtherLength() {
      check(values::command, TreeCommandCodec::encode, COMMANDS);
    }

    @Test
    void thatOnlyRemoveAreToldByTheirTag() {
      for (int i = 0; i < 2_000; i++) {
        TreeCommand command = values.command();
        assertThat(TreeCommandCodec.removes(TreeCommandCodec.encode(command)))
            .as("%s", command)
            .isEqualTo(
                command instanceof TreeCommand.Drop
                    || command instanceof TreeCommand.Delete
                    || command instanceof TreeCommand.Purge);
      }
      assertThat(TreeCommandCodec.removes(Bytes.EMPTY)).isFalse();
      assertThat(TreeCommandCodec.removes(Bytes.of(9, 2))).isFalse();
    }

    @Test
    void keepFormatOneByteForByte() {
      keeps("create", new TreeCommand.Create(TREE, new Fanout(64, 32)));
      keeps("drop", new TreeCommand.Drop(TREE));
      keeps("insert", new TreeCommand.Insert(TREE, KEY, VALUE, Optional.empty()));
      keeps("insert-creating", new TreeCommand.Insert(TREE, KEY, Bytes.EMPTY, CREATION));
      keeps("delete", new TreeCommand.Delete(TREE, KEY, NONE));
      keeps("delete-comparing", new TreeCommand.Delete(TREE, KEY, OLD));
      keeps("setcas", new TreeCommand.SetCas(TREE, KEY, OLD, VALUE, CREATION));
      keeps("setcas-adding", new TreeCommand.SetCas(TREE, KEY, NONE, VALUE, Optional.empty()));
      keeps("casmetaprop", new TreeCommand.CasMetaProp(NODE, KEY, OLD, VALUE));
      List<TreeEntry> two = List.of(new TreeEntry(KEY, VALUE), new TreeEntry(VALUE, Bytes.EMPTY));
      keeps("load", new TreeCommand.Load(TREE, two, CREATION));
      keeps("purge", new TreeCommand.Purge(2000));
    }

    private void keeps(String name, TreeCommand command) {
      assertThat(TreeCommandCodec.encode(command)).as(name).isEqualTo(GOLDEN.get(name));
      assertThat(TreeCommandCodec.decode(GOLDEN.get(name))).isEqualTo(command);
    }

    @Test
    void ofUnknownFormatTagOrNamespaceAreRefused() {
      Bytes drop = GOLDEN.get("drop");
      COMMANDS.refuses(Bytes.of(2).concat(drop.slice(1)));
      for (int tag : new int[] {0, 9, 255}) {
        COMMANDS.refuses(Bytes.of(1, tag).concat(drop.slice(2)));
      }
      COMMANDS.refuses(Bytes.of(1, 2, 2).concat(drop.slice(3)));
    }

    @Test
    void atTheLimitsAreReadAsWritten() {
      TreeId tree = new TreeId(zeros(TreeLimits.TREE_ID_BYTES_MAX));
      Bytes key = zeros(TreeLimits.KEY_BYTES_MAX);
      Bytes value = zeros(TreeLimits.VALUE_BYTES_MAX);
      Bytes property = zeros(TreeLimits.PROPERTY_VALUE_BYTES_MAX);
      Optional<Fanout> widest = Optional.of(new Fanout(1024, 4));
      List<TreeCommand> largest =
          List.of(
              new TreeCommand.SetCas(tree, key, Optional.of(value), value, widest),
              new TreeCommand.Load(tree, List.of(new TreeEntry(key, value)), widest),
              new TreeCommand.Load(
                  tree, Collections.nCopies(4096, new TreeEntry(KEY, zeros(511))), widest),
              new TreeCommand.CasMetaProp(
                  new NodeId(Long.MAX_VALUE, Long.MAX_VALUE),
                  zeros(TreeLimits.PROPERTY_NAME_BYTES_MAX),
                  Optional.of(property),
                  property));
      for (TreeCommand command : largest) {
        assertThat(TreeCommandCodec.decode(TreeCommandCodec.encode(command))).isEqualTo(command);
      }
    }

    @Test
    void beyondTheLimitsAreNotWritten() {
      Bytes longKey = zeros(TreeLimits.KEY_BYTES_MAX + 1);
      Bytes longValue = zeros(TreeLimits.VALUE_BYTES_MAX + 1);
      Bytes longProperty = zeros(TreeLimits.PROPERTY_VALUE_BYTES_MAX + 1);
      Optional<Fanout> no = Optional.empty();
      notWritten(new TreeCommand.Drop(new TreeId(Bytes.EMPTY)));
      notWritten(new TreeCommand.Drop(new TreeId(zeros(256))));
      notWritten(new TreeCommand.Create(TREE, new Fanout(3, 64)));
      notWritten(new TreeCommand.Create(TREE, new Fanout(64, 1025)));
      notWritten(new TreeCommand.Insert(TREE, Bytes.EMPTY, VALUE, no));
      notWritten(new TreeCommand.Insert(TREE, longKey, VALUE, no));
      notWritten(new TreeCommand.Insert(TREE, KEY, longValue, no));
      notWritten(new TreeCommand.Delete(TREE, KEY, Optional.of(longValue)));
      notWritten(new TreeCommand.CasMetaProp(NODE, Bytes.EMPTY, NONE, VALUE));
      notWritten(new TreeCommand.CasMetaProp(NODE, zeros(256), NONE, VALUE));
      notWritten(new TreeCommand.CasMetaProp(NODE, KEY, NONE, longProperty));
      notWritten(new TreeCommand.CasMetaProp(NODE, Bytes.utf8("sys."), NONE, VALUE));
      notWritten(new TreeCommand.CasMetaProp(new NodeId(-1, 1), KEY, NONE, VALUE));
      notWritten(new TreeCommand.Load(TREE, List.of(), no));
      notWritten(
          new TreeCommand.Load(TREE, Collections.nCopies(4097, new TreeEntry(KEY, KEY)), no));
      TreeEntry half = new TreeEntry(KEY, zeros(TreeLimits.VALUE_BYTES_MAX));
      notWritten(new TreeCommand.Load(TREE, List.of(half, half), no));
      notWritten(new TreeCommand.Purge(0));
      notWritten(new TreeCommand.Purge(10_001));
    }

    private void notWritten(TreeCommand command) {
      assertThatIllegalArgumentException().isThrownBy(() -> TreeCommandCodec.encode(command));
    }

    @Test
    void beyondTheLimitsAreNotReadEither() {
      COMMANDS.refuses(insert(Bytes.EMPTY, VALUE));
      COMMANDS.refuses(insert(zeros(TreeLimits.KEY_BYTES_MAX + 1), VALUE));
      COMMANDS.refuses(insert(KEY, zeros(TreeLimits.VALUE_BYTES_MAX + 1)));
      COMMANDS.refuses(tree(2).sized(zeros(256)).toBytes());
      COMMANDS.refuses(tree(2).sized(Bytes.EMPTY).toBytes());
      COMMANDS.refuses(tree(1).sized(KEY).u16(3).u16(64).toBytes());
      COMMANDS.refuses(tree(1).sized(KEY).u16(64).u16(1025).toBytes());
      COMMANDS.refuses(tree(4).sized(KEY).sized(KEY).u8(2).sized(KEY).toBytes());
      COMMANDS.refuses(tree(7).sized(KEY).u8(0).varint(0).toBytes());
      COMMANDS.refuses(tree(7).sized(KEY).u8(0).varint(4097).toBytes());
      Bytes half = zeros(TreeLimits.VALUE_BYTES_MAX);
      ByteWriter load = tree(7).sized(KEY).u8(0).varint(2).sized(KEY).sized(half);
      COMMANDS.refuses(load.sized(KEY).sized(half).toBytes());
      COMMANDS.refuses(metaProp(Bytes.utf8("sys.x"), 1));
      COMMANDS.refuses(metaProp(KEY, -1));
      COMMANDS.refuses(Bytes.of(1, 8, 0));
    }

    private Bytes insert(Bytes key, Bytes value) {
      return tree(3).sized(KEY).u8(0).sized(key).sized(value).toBytes();
    }

    private Bytes metaProp(Bytes name, long node) {
      ByteWriter writer = new ByteWriter().u8(1).u8(6).varint(1).varint(node);
      return writer.sized(name).u8(0).sized(VALUE).toBytes();
    }

    private ByteWriter tree(int tag) {
      return new ByteWriter().u8(1).u8(tag).u8(1);
    }
  }

  @Nested
  class Queries {
    @Test
    void areReadAsWrittenAndInNoOtherLength() {
      check(values::query, TreeQueryCodec::encode, QUERIES);
    }

    @Test
    void keepFormatOneByteForByte() {
      keeps("get", new TreeQuery.Get(TREE, KEY));
      keeps("seek", new TreeQuery.Seek(TREE, Bytes.EMPTY));
      keeps("range", new TreeQuery.Range(TREE, KEY, Bytes.EMPTY, 1000, true));
      keeps("info", new TreeQuery.GetInfo(TREE));
      keeps("list", new TreeQuery.ListTrees(KEY, 1000));
      keeps("getroot", new TreeQuery.GetRoot(TREE));
      keeps("getdownnodes", new TreeQuery.GetDownNodes(NODE));
      keeps("getupnode", new TreeQuery.GetUpNode(NODE));
      keeps("getmetaprop", new TreeQuery.GetMetaProp(NODE, KEY));
    }

    private void keeps(String name, TreeQuery query) {
      assertThat(TreeQueryCodec.encode(query)).as(name).isEqualTo(GOLDEN.get(name));
      assertThat(TreeQueryCodec.decode(GOLDEN.get(name))).isEqualTo(query);
    }

    @Test
    void ofUnknownFormatOrTagOrBeyondTheLimitsAreRefused() {
      QUERIES.refuses(Bytes.of(2, 4, 1, 1, 1));
      QUERIES.refuses(Bytes.of(1, 0, 1, 1, 1));
      QUERIES.refuses(Bytes.of(1, 10, 1, 1, 1));
      QUERIES.refuses(Bytes.of(1, 1, 1, 1, 1, 0));
      QUERIES.refuses(Bytes.of(1, 5, 0, 0));
      for (TreeQuery query :
          List.of(
              new TreeQuery.Get(TREE, Bytes.EMPTY),
              new TreeQuery.Seek(TREE, zeros(TreeLimits.KEY_BYTES_MAX + 1)),
              new TreeQuery.Range(TREE, KEY, KEY, 0, false),
              new TreeQuery.Range(TREE, KEY, KEY, 10_001, false),
              new TreeQuery.GetMetaProp(NODE, Bytes.EMPTY))) {
        assertThatIllegalArgumentException().isThrownBy(() -> TreeQueryCodec.encode(query));
      }
    }
  }

  @Nested
  class Results {
    @Test
    void areReadAsWrittenAndInNoOtherLength() {
      check(values::result, TreeResultCodec::encode, RESULTS);
    }

    @Test
    void keepFormatOneByteForByte() {
      keeps("created", new TreeResult.Created(NODE, true));
      keeps("dropped", new TreeResult.Dropped());
      keeps("inserted", new TreeResult.Inserted(NODE));
      keeps("key-exists", new TreeResult.KeyExists());
      keeps("deleted", new TreeResult.Deleted(true));
      keeps("value-set", new TreeResult.ValueSet());
      keeps("property-set", new TreeResult.PropertySet());
      keeps("loaded", new TreeResult.Loaded(1000, 3));
      keeps("purged", new TreeResult.Purged(2000, true));
      keeps("no-such-tree", new TreeResult.NoSuchTree());
      keeps("compare-failed", new TreeResult.CompareFailed());
      keeps("no-such-node", new TreeResult.NoSuchNode());
      keeps("found", new TreeResult.Found(VALUE, 0x0102030405060708L, NODE));
      keeps("absent", new TreeResult.Absent());
      keeps("neighbours", new TreeResult.Neighbours(Bytes.EMPTY, KEY, true));
      keeps("page", new TreeResult.Page(List.of(new TreeEntry(KEY, VALUE)), true));
      keeps("info-result", new TreeResult.Info(NODE, 3, 1000, 40));
      keeps("trees", new TreeResult.Trees(List.of(TREE, TreeId.of("u")), false));
      keeps("root", new TreeResult.Root(NODE));
      keeps("down-nodes", new TreeResult.DownNodes(List.of(NODE, new NodeId(1140, 3))));
      keeps("up-node", new TreeResult.UpNode(Optional.of(NODE)));
      keeps("up-node-of-root", new TreeResult.UpNode(Optional.empty()));
      keeps("property", new TreeResult.Property(Optional.of(VALUE)));
      keeps("property-unset", new TreeResult.Property(Optional.empty()));
    }

    private void keeps(String name, TreeResult result) {
      assertThat(TreeResultCodec.encode(result)).as(name).isEqualTo(GOLDEN.get(name));
      assertThat(TreeResultCodec.decode(GOLDEN.get(name))).isEqualTo(result);
    }

    @Test
    void ofUnknownFormatTagOrFlagAreRefused() {
      RESULTS.refuses(Bytes.of(2, 2));
      for (int tag : new int[] {0, 13, 15, 26, 255}) {
        RESULTS.refuses(Bytes.of(1, tag));
      }
      RESULTS.refuses(Bytes.of(1, 5, 2));
      RESULTS.refuses(Bytes.of(1, 23, 0xff, 0xff, 0x7f));
    }

    @Test
    void ofCommandsFitIntoTheLog() {
      NodeId longest = new NodeId(Long.MAX_VALUE, Long.MAX_VALUE);
      assertThat(TreeResultCodec.encode(new TreeResult.Created(longest, true)).length())
          .isLessThan(EntryApplier.RESULT_BYTES_MAX);
    }
  }

  private static Bytes zeros(int length) {
    return Bytes.wrap(new byte[length]);
  }

  private <T> void check(Supplier<T> next, Function<T, Bytes> encode, TotalDecoder decoder) {
    for (int round = 0; round < 2000; round++) {
      T value = next.get();
      Bytes encoded = encode.apply(value);
      assertThat(decoder.decode().apply(encoded))
          .as("seed %d round %d", SEED, round)
          .isEqualTo(value);
      decoder.survivesDamage(encoded, values.random(), 20);
    }
    for (int round = 0; round < 50; round++) {
      decoder.refusesOtherLengths(encode.apply(next.get()));
    }
  }
}
