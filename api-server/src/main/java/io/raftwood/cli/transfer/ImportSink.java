package io.raftwood.cli.transfer;

import com.alibaba.fastjson2.JSON;
import com.alibaba.fastjson2.JSONObject;
import io.raftwood.backup.ArchivePage;
import io.raftwood.bytes.Bytes;
import io.raftwood.cli.backup.ClusterFacts;
import io.raftwood.cli.call.CallRequest;
import io.raftwood.cli.call.CallSession;
import io.raftwood.cli.call.WriteOptions;
import io.raftwood.kv.RecordItem;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Sends records and entries of trees to a cluster, some at a time; each call may be repeated. What
 * was given is there after {@link #flush}. Methods throw {@link
 * io.raftwood.cli.call.CallFailureException}. For one thread.
 */
final class ImportSink {
  private static final int CALL_BYTES = 256 * 1024;
  private static final int CALL_ITEMS = 2000;

  private final CallSession session;
  private final String rule;
  private final List<Bytes> items = new ArrayList<>();
  private final ByteArrayOutputStream entries = new ByteArrayOutputStream();
  private Bytes tree = Bytes.EMPTY;
  private int entryLines;
  private long bytes;
  private long written;
  private long kept;
  private long expired;
  private long refused;

  /**
   * Into the cluster behind {@code session}.
   *
   * @param overwrite whatever version is there
   */
  ImportSink(CallSession session, boolean overwrite) {
    this.session = session;
    this.rule = overwrite ? "overwrite" : "newer";
  }

  /** Takes a record. */
  void record(RecordItem item) {
    Bytes encoded = item.encode();
    items.add(encoded);
    bytes += encoded.length();
    if (bytes >= CALL_BYTES || items.size() == CALL_ITEMS) {
      sendRecords();
    }
  }

  /** Makes a tree, unless it is there. */
  void tree(Bytes name) {
    flush();
    session.send(
        CallRequest.write("/dt/create", ClusterFacts.CLUSTER, WriteOptions.randomKey())
            .withField("tree_id", name));
  }

  /** Takes an entry; a key that is there keeps its value. */
  void entry(Bytes ofTree, Bytes key, Bytes value) {
    if (!ofTree.equals(tree)) {
      sendEntries();
      tree = ofTree;
    }
    String line = CallRequest.encoded(key) + "\t" + CallRequest.encoded(value) + "\n";
    entries.writeBytes(Bytes.utf8(line).unsafeArray());
    entryLines++;
    if (entries.size() >= CALL_BYTES || entryLines == CALL_ITEMS) {
      sendEntries();
    }
  }

  /** Sends what was taken and not sent yet. */
  void flush() {
    sendRecords();
    sendEntries();
  }

  private void sendRecords() {
    if (items.isEmpty()) {
      return;
    }
    CallRequest request =
        CallRequest.read("/admin/import", ClusterFacts.CLUSTER)
            .with("family", 1)
            .with("rule", rule)
            .withBody(ArchivePage.encodeItems(items));
    JSONObject counts = JSON.parseObject(session.send(request).body().toUtf8());
    written += counts.getLongValue("written");
    kept += counts.getLongValue("kept");
    expired += counts.getLongValue("expired");
    refused += counts.getLongValue("refused");
    items.clear();
    bytes = 0;
  }

  private void sendEntries() {
    if (entryLines == 0) {
      return;
    }
    CallRequest request =
        CallRequest.write("/dt/load", ClusterFacts.CLUSTER, WriteOptions.randomKey())
            .with("tree_id", tree)
            .withBody(Bytes.wrap(entries.toByteArray()));
    JSONObject counts =
        JSON.parseObject(session.send(request).body().toUtf8()).getJSONObject("data");
    written += counts.getLongValue("inserted");
    kept += counts.getLongValue("existing");
    entries.reset();
    entryLines = 0;
  }

  /** Records whose table holds another kind. */
  long refused() {
    return refused;
  }

  /** What became of all that was sent. */
  String counts() {
    return written + " written, " + kept + " kept as they were, " + expired + " expired";
  }

  /** Records sent so far. */
  long sent() {
    return written + kept + expired + refused;
  }
}
