package io.raftwood.tree;

import io.raftwood.bytes.Bytes;
import io.raftwood.raft.Command;
import io.raftwood.raft.EntryCodec;
import io.raftwood.tree.model.Fanout;
import io.raftwood.tree.model.NodeId;
import io.raftwood.tree.model.TreeCommand;
import io.raftwood.tree.model.TreeEntry;
import io.raftwood.tree.model.TreeId;
import io.raftwood.tree.model.TreeNumber;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** Log entries of random tree commands, some of them retries by idempotency key. */
final class TreeLog {
  private static final TreeId[] TREES = {TreeId.of("t"), TreeId.of("u")};
  private static final Fanout FOUR = new Fanout(4, 4);

  private final SplittableRandom random;
  private final List<Bytes> keys;

  private TreeLog(SplittableRandom random) {
    this.random = random;
    keys = TreeKeys.random(random, 60);
  }

  static List<Bytes> random(SplittableRandom random, int entries, int commandsMax) {
    TreeLog log = new TreeLog(random);
    List<Bytes> encoded = new ArrayList<>();
    for (int i = 0; i < entries; i++) {
      Command[] commands = new Command[1 + random.nextInt(commandsMax)];
      Arrays.setAll(commands, unused -> log.command());
      encoded.add(EntryCodec.encode(1_700_000_000_000L + 100L * i, List.of(commands)));
    }
    return encoded;
  }

  private Command command() {
    Optional<Bytes> idempotencyKey =
        random.nextInt(8) == 0
            ? Optional.of(Bytes.utf8("retry" + random.nextInt(50)))
            : Optional.empty();
    return new Command(TreeMachine.FAMILY, idempotencyKey, TreeCommandCodec.encode(next()));
  }

  private TreeCommand next() {
    TreeId tree = TREES[random.nextInt(4) / 3];
    Bytes key = keys.get(random.nextInt(keys.size()));
    Bytes value = Bytes.utf8("v" + random.nextInt(3));
    Optional<Bytes> expected = random.nextBoolean() ? Optional.of(value) : Optional.empty();
    switch (random.nextInt(16)) {
      case 0:
        return new TreeCommand.Purge(1 + random.nextInt(20));
      case 1:
        return random.nextInt(10) == 0
            ? new TreeCommand.Drop(tree)
            : new TreeCommand.Create(tree, FOUR);
      case 2:
        return new TreeCommand.SetCas(tree, key, expected, value, Optional.of(FOUR));
      case 3:
        long number = TreeNumber.of(1 + random.nextInt(2), tree.equals(TREES[0]) ? 116 : 117);
        NodeId node = new NodeId(number, 1 + random.nextInt(20));
        return new TreeCommand.CasMetaProp(node, key, expected, value);
      case 4:
        TreeEntry[] entries = new TreeEntry[1 + random.nextInt(10)];
        Arrays.setAll(
            entries, unused -> new TreeEntry(keys.get(random.nextInt(keys.size())), value));
        return new TreeCommand.Load(tree, List.of(entries), Optional.of(FOUR));
      case 5, 6, 7, 8:
        return new TreeCommand.Delete(tree, key, Optional.empty());
      default:
        return new TreeCommand.Insert(tree, key, value, Optional.of(FOUR));
    }
  }
}
