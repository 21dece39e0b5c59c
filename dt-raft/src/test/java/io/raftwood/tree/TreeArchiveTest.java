package io.raftwood.tree;

import static org.assertj.core.api.Assertions.assertThat;

import io.raftwood.backup.ArchivePage;
import io.raftwood.backup.RestoreCommand;
import io.raftwood.backup.RestoreMachine;
import io.raftwood.backup.RestoreResult;
import io.raftwood.backup.RestoreRule;
import io.raftwood.bytes.Bytes;
import io.raftwood.bytes.MalformedBytesException;
import io.raftwood.fixtures.InMemoryTablet;
import io.raftwood.fixtures.TotalDecoder;
import io.raftwood.raft.Command;
import io.raftwood.raft.EntryApplier;
import io.raftwood.raft.EntryCodec;
import io.raftwood.storage.Keyspace;
import io.raftwood.storage.StorageBatch;
import io.raftwood.storage.StorageCursor;
import io.raftwood.tree.model.Fanout;
import io.raftwood.tree.model.NodeId;
import io.raftwood.tree.model.TreeCommand;
import io.raftwood.tree.model.TreeId;
import io.raftwood.tree.model.TreeResult;
import io.raftwood.tree.structure.TreeItem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TreeArchiveTest {
  private static final TreeArchive ARCHIVE = new TreeArchive();
  private static final Bytes ID = Bytes.wrap(new byte[16]);
  private static final Fanout SMALL = new Fanout(4, 4);

  private final Group source = new Group();
  private final Group target = new Group();

  /** A group of trees in memory. */
  private static final class Group {
    final InMemoryTablet tablet = new InMemoryTablet("data-0");
    private final EntryApplier applier =
        new EntryApplier(List.of(new TreeMachine(), new RestoreMachine(List.of(ARCHIVE))));
    private long index;

    TreeResult apply(TreeCommand command) {
      return TreeResultCodec.decode(
          apply(Command.of(TreeMachine.FAMILY, TreeCommandCodec.encode(command))));
    }

    RestoreResult apply(RestoreCommand command) {
      return RestoreResult.decode(apply(Command.of(RestoreCommand.FAMILY, command.encode())));
    }

    private Bytes apply(Command command) {
      StorageBatch batch = tablet.newBatch();
      Bytes entry = EntryCodec.encode(1, List.of(command));
      Bytes result = applier.apply(batch, ++index, 1, entry).results().get(0);
      tablet.commit(batch);
      return result;
    }

    List<Bytes> items(int pageBytes) {
      List<Bytes> items = new ArrayList<>();
      Optional<Bytes> place = Optional.of(Bytes.EMPTY);
      while (place.isPresent()) {
        ArchivePage page = ARCHIVE.page(tablet, place.get(), pageBytes);
        items.addAll(page.items());
        place = page.next();
      }
      return items;
    }

    Map<Bytes, Bytes> rows() {
      Map<Bytes, Bytes> rows = new LinkedHashMap<>();
      try (StorageCursor cursor = tablet.scan(Keyspace.TREE.range())) {
        while (cursor.next()) {
          rows.put(cursor.key(), cursor.value());
        }
      }
      return rows;
    }
  }

  @Test
  void theCountIsAboutThatOfTheItems() {
    assertThat(ARCHIVE.count(source.tablet)).isZero();
    fill();
    // Sequences, beginnings, ends and properties are not counted.
    assertThat(ARCHIVE.count(source.tablet))
        .isBetween(source.items(1 << 20).size() / 2L, (long) source.items(1 << 20).size());
  }

  /** Trees that have been split and merged, one dropped, one empty, one with properties. */
  private void fill() {
    SplittableRandom random = new SplittableRandom(11);
    for (String name : List.of("a", "big", "gone", "z")) {
      source.apply(new TreeCommand.Create(TreeId.of(name), SMALL));
    }
    for (int i = 0; i < 500; i++) {
      TreeId tree = TreeId.of(random.nextInt(4) == 0 ? "z" : "big");
      Bytes key = Bytes.utf8("key-" + random.nextInt(300));
      if (random.nextInt(3) == 0) {
        source.apply(new TreeCommand.Delete(tree, key, Optional.empty()));
      } else {
        source.apply(new TreeCommand.Insert(tree, key, Bytes.utf8("v" + i), Optional.empty()));
      }
    }
    for (long node = 1; node < 60; node++) {
      NodeId id = new NodeId(rootOf("big").tree(), node);
      source.apply(
          new TreeCommand.CasMetaProp(
              id, Bytes.utf8("p"), Optional.empty(), Bytes.utf8("of " + node)));
    }
    source.apply(new TreeCommand.Drop(TreeId.of("gone")));
    while (source.apply(new TreeCommand.Purge(1000)) instanceof TreeResult.Purged purged
        && purged.more()) {
      // As the leader does.
    }
  }

  private NodeId rootOf(String name) {
    return ((TreeResult.Created) source.apply(new TreeCommand.Create(TreeId.of(name), SMALL)))
        .root();
  }

  private void restore(List<Bytes> items, int chunk) {
    for (int from = 0; from < items.size(); from += chunk) {
      List<Bytes> part = items.subList(from, Math.min(items.size(), from + chunk));
      RestoreResult result =
          target.apply(new RestoreCommand.Put(ID, RestoreRule.RESTORE, TreeMachine.FAMILY, part));
      assertThat(result.status()).isEqualTo(RestoreResult.Status.DONE);
    }
  }

  @Test
  void everyRowIsRestoredWhateverThePages() {
    fill();
    List<Bytes> all = source.items(1 << 20);
    for (int pageBytes : new int[] {1, 50, 777}) {
      assertThat(source.items(pageBytes)).isEqualTo(all);
    }
    target.apply(new RestoreCommand.Begin(ID));
    restore(all, 13);
    target.apply(new RestoreCommand.End(ID));
    assertThat(target.rows()).isEqualTo(source.rows());
  }

  @Test
  void aTreeIsThereWhenAllOfItIsAndThenStaysAsItIs() {
    source.apply(new TreeCommand.Create(TreeId.of("t"), SMALL));
    TreeCommand insert =
        new TreeCommand.Insert(TreeId.of("t"), Bytes.of(1), Bytes.of(2), Optional.empty());
    source.apply(insert);
    List<Bytes> items = source.items(1);
    target.apply(new RestoreCommand.Begin(ID));
    restore(items.subList(0, items.size() - 1), 1);
    assertThat(target.apply(insert)).isEqualTo(new TreeResult.NoSuchTree());
    restore(items, 2);
    assertThat(target.apply(insert)).isEqualTo(new TreeResult.KeyExists());
    target.apply(new TreeCommand.Delete(TreeId.of("t"), Bytes.of(1), Optional.empty()));
    Map<Bytes, Bytes> rows = target.rows();
    restore(items, 3);
    assertThat(target.rows()).isEqualTo(rows);
  }

  @Test
  void numbersGoOnBehindThoseOfTheBackup() {
    fill();
    target.apply(new RestoreCommand.Begin(ID));
    restore(source.items(1000), 100);
    TreeCommand create = new TreeCommand.Create(TreeId.of("gone"), SMALL);
    assertThat(target.apply(create)).isEqualTo(source.apply(create));
  }

  @Test
  void itemsKeepWhatTheySayAndDecodingIsTotal() {
    fill();
    SplittableRandom random = new SplittableRandom(5);
    TotalDecoder decoder = new TotalDecoder(TreeItem::decode, MalformedBytesException.class);
    for (Bytes item : source.items(1000)) {
      assertThat(TreeItem.decode(item).encode()).isEqualTo(item);
      decoder.survivesDamage(item, random, 20);
    }
  }
}
