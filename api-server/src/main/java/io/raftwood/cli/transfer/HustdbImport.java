package io.raftwood.cli.transfer;

import com.alibaba.fastjson2.JSONObject;
import io.raftwood.bytes.Bytes;
import io.raftwood.cli.backup.Pace;
import io.raftwood.cli.call.CallExitCode;
import io.raftwood.cli.call.CallFailureException;
import io.raftwood.kv.RecordItem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Walks all listings of a hustdb in a fixed order: node by node the keys of each file and the
 * records of each hash and set, then each sorted set once. Two nodes hold each record: of two
 * versions the higher stays. For one thread.
 */
final class HustdbImport {
  /** Records of a page: values may be large, and the source holds all of them at once. */
  private static final int PAGE = 200;

  /** Positions without anything to show that a file may have in a row. */
  private static final int HIDDEN_MAX = 10_000;

  private static final int PROBE = 1000;

  /** The original refuses larger offsets. */
  private static final long OFFSET_MAX = 1_000_000;

  private static final String KEYS_SEEN = "keysSeen";

  private final HustdbSource source;
  private final ImportSink sink;
  private final Pace pace;

  HustdbImport(HustdbSource source, ImportSink sink, Pace pace) {
    this.source = source;
    this.sink = sink;
    this.pace = pace;
  }

  /**
   * A listing.
   *
   * @param name of it in the state: unique, and the same in the next run
   * @param uri of the listing without its window
   * @param items what is in a page
   */
  private record Listing(
      String name, String uri, Function<List<JSONObject>, List<RecordItem>> items) {}

  /** Imports what {@code state} does not say is in already. */
  void run(TransferState state) {
    JSONObject begun = state.load();
    long keysSeen = begun.getLongValue(KEYS_SEEN);
    List<HustdbSource.Figures> figures = new ArrayList<>();
    for (int peer = 0; peer < source.peers(); peer++) {
      figures.add(source.figures(peer));
    }
    String reached = begun.getString("listing");
    long offset = begun.getLongValue("offset");
    for (Listing listing : listings(figures)) {
      if (reached != null && listing.name.compareTo(reached) < 0) {
        continue;
      }
      long from = listing.name.equals(reached) ? offset : 0;
      keysSeen = walk(listing, from, keysSeen, state);
    }
    check(figures, keysSeen);
    state.delete();
  }

  /** In the order of their names. */
  private List<Listing> listings(List<HustdbSource.Figures> figures) {
    Map<String, Listing> all = new TreeMap<>();
    for (int peer = 0; peer < figures.size(); peer++) {
      for (int file = 0; file < source.files(peer); file++) {
        String name = String.format("1 keys of peer %06d file %06d", peer, file);
        String uri = "/keys?peer=" + peer + "&file=" + file;
        all.put(name, new Listing(name, uri, HustdbSource::keys));
      }
      for (Map.Entry<String, String> table : figures.get(peer).tables().entrySet()) {
        Listing listing = ofTable(peer, table.getKey(), table.getValue());
        all.put(listing.name, listing);
      }
    }
    return List.copyOf(all.values());
  }

  private static Listing ofTable(int peer, String table, String letter) {
    Bytes name = Bytes.utf8(table);
    Function<List<JSONObject>, List<RecordItem>> items =
        elements -> HustdbSource.records(letter, name, elements);
    if (letter.equals("Z")) {
      return new Listing("3 sorted set " + table, "/zrangebyrank?tb=" + table, items);
    }
    String uri = (letter.equals("H") ? "/hkeys?peer=" : "/smembers?peer=") + peer + "&tb=" + table;
    return new Listing(String.format("2 peer %06d table %s", peer, table), uri, items);
  }

  /** From {@code offset} to the first page without anything; keys seen so far. */
  private long walk(Listing listing, long offset, long keysBefore, TransferState state) {
    long keys = keysBefore;
    int size = PAGE;
    long at = offset;
    while (true) {
      List<JSONObject> elements;
      try {
        elements = source.page(listing.uri, at, size);
      } catch (CallFailureException e) {
        if (!e.token().equals("page-too-large") || size == 1) {
          throw e;
        }
        size /= 2;
        continue;
      }
      if (elements.isEmpty()) {
        long next = beyond(listing, at);
        if (next < 0) {
          return keys;
        }
        at = next;
        continue;
      }
      List<RecordItem> items = listing.items.apply(elements);
      items.forEach(sink::record);
      sink.flush();
      pace.passed(listing.name.substring(2), bytes(items), items.size());
      keys += listing.name.startsWith("1") ? items.size() : 0;
      at += size;
      save(state, listing, at, keys);
    }
  }

  /**
   * The original's files have positions that its listing hides: a page without anything is their
   * end only if there is nothing for a good while behind it. Where to go on; negative at the end.
   */
  private long beyond(Listing listing, long offset) {
    long end = Math.min(offset + HIDDEN_MAX, OFFSET_MAX - PROBE);
    boolean hides = listing.name.startsWith("1");
    for (long at = offset; hides && at < end; at += PROBE) {
      if (!source.page(listing.uri, at, PROBE).isEmpty()) {
        return at;
      }
    }
    return -1;
  }

  private static long bytes(List<RecordItem> items) {
    return items.stream().mapToLong(i -> i.id().name().length() + i.value().length()).sum();
  }

  private static void save(TransferState state, Listing listing, long offset, long keys) {
    JSONObject reached = new JSONObject();
    reached.put("listing", listing.name);
    reached.put("offset", offset);
    reached.put(KEYS_SEEN, keys);
    state.save(reached);
  }

  /** A listing of the original may have holes; its figures tell. */
  private static void check(List<HustdbSource.Figures> figures, long keysSeen) {
    long counted = figures.stream().mapToLong(HustdbSource.Figures::keys).sum();
    if (keysSeen < counted) {
      throw new CallFailureException(
          CallExitCode.FAILED,
          "the source counts "
              + counted
              + " keys on its nodes, but its listings showed "
              + keysSeen
              + ": some have expired or were deleted meanwhile, or a page was empty before its"
              + " file's end; what was listed is in");
    }
  }
}
