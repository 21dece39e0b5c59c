package io.raftwood.cli.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.alibaba.fastjson2.JSON;
import com.alibaba.fastjson2.JSONArray;
import com.alibaba.fastjson2.JSONException;
import com.alibaba.fastjson2.JSONObject;
import io.raftwood.bytes.ByteWriter;
import io.raftwood.bytes.Bytes;
import io.raftwood.cli.call.CallFailureException;
import io.raftwood.kv.RecordId;
import io.raftwood.kv.RecordItem;
import io.raftwood.tree.model.Fanout;
import io.raftwood.tree.model.NodeId;
import io.raftwood.tree.model.TreeId;
import io.raftwood.tree.structure.TreeCounters;
import io.raftwood.tree.structure.TreeItem;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TransferLinesTest {
  @TempDir Path directory;

  @Test
  void recordsAreLines() {
    Bytes score = new ByteWriter(8).u64(-5).toBytes();
    Bytes table = Bytes.utf8("t");
    assertThat(
            ItemLines.of(
                new RecordItem(RecordId.key(Bytes.utf8("k\n")), 3, 7, 0, Bytes.of(0xff, 0))))
        .isEqualTo(
            "{\"kind\":\"key\",\"key\":\"k\\n\",\"version\":3,\"revision\":7,"
                + "\"valueBase64\":\"/wA=\"}");
    RecordId field = RecordId.field(table, Bytes.of(0xff));
    assertThat(ItemLines.of(new RecordItem(field, 1, 2, 99, Bytes.utf8("v"))))
        .isEqualTo(
            "{\"kind\":\"field\",\"table\":\"t\",\"fieldBase64\":\"/w==\",\"version\":1,"
                + "\"revision\":2,\"expires\":99,\"value\":\"v\"}");
    RecordId member = RecordId.member(table, Bytes.utf8("m"));
    assertThat(ItemLines.of(new RecordItem(member, 1, 2, 0, Bytes.EMPTY)))
        .isEqualTo(
            "{\"kind\":\"member\",\"table\":\"t\",\"member\":\"m\",\"version\":1,\"revision\":2}");
    RecordId scored = RecordId.scored(table, Bytes.utf8("m"));
    assertThat(ItemLines.of(new RecordItem(scored, 1, 2, 0, score))).endsWith(",\"score\":-5}");
  }

  @Test
  void structureIsSaidOnlyIfAskedFor() {
    NodeId root = new NodeId(1140, 1);
    TreeCounters counters = new TreeCounters(2, 0, 1, 1, 0);
    TreeItem tree = new TreeItem.Tree(root, false, TreeId.of("t"), new Fanout(4, 8), 5, counters);
    TreeItem leaf = new TreeItem.Leaf(root, Bytes.EMPTY, 1);
    TreeItem entry = new TreeItem.Entry(1140, Bytes.utf8("k"), 6, Bytes.utf8("v"));
    ItemLines plain = new ItemLines(false);
    assertThat(plain.of(tree))
        .contains(
            "{\"kind\":\"tree\",\"tree\":\"t\",\"root\":\"1140.1\",\"leafMax\":4,\"innerMax\":8,"
                + "\"revision\":5,\"entries\":1}");
    assertThat(plain.of(leaf)).isEmpty();
    assertThat(plain.of(entry))
        .contains(
            "{\"kind\":\"entry\",\"tree\":\"t\",\"key\":\"k\",\"version\":6,\"value\":\"v\"}");
    ItemLines whole = new ItemLines(true);
    assertThat(whole.of(tree).orElseThrow()).endsWith(",\"height\":1,\"nodes\":1,\"nextNode\":2}");
    assertThat(whole.of(leaf))
        .contains(
            "{\"kind\":\"leaf\",\"tree\":\"t\",\"node\":\"1140.1\",\"low\":\"\",\"count\":1}");
  }

  @Test
  void elementsOfHustdbAreRecords() throws IOException {
    ByteArrayOutputStream deflated = new ByteArrayOutputStream();
    try (DeflaterOutputStream out = new DeflaterOutputStream(deflated)) {
      out.write("long text".getBytes(StandardCharsets.UTF_8));
    }
    String gz = Base64.getEncoder().encodeToString(deflated.toByteArray());
    List<JSONObject> elements =
        JSONArray.parseArray(
                "[{\"key\":\"a2s0\",\"val\":\"dg==\",\"ver\":4},"
                    + "{\"key\":\"ZjI=\",\"val\":\"dg==\",\"ver\":1,\"tb\":\"hk\",\"ty\":\"H\"},"
                    + "{\"key\":\"Zw==\",\"ver\":2,\"gz\":1,\"val\":\""
                    + gz
                    + "\"}]")
            .toList(JSONObject.class);
    List<RecordItem> keys = HustdbSource.keys(elements);
    assertThat(keys)
        .containsExactly(
            new RecordItem(RecordId.key(Bytes.utf8("kk4")), 4, 0, 0, Bytes.utf8("v")),
            new RecordItem(RecordId.key(Bytes.utf8("g")), 2, 0, 0, Bytes.utf8("long text")));
    JSONObject scored = JSON.parseObject("{\"key\":\"Zw==\",\"val\":\"-87\",\"ver\":2}");
    assertThat(HustdbSource.records("Z", Bytes.utf8("z"), List.of(scored)).get(0).value())
        .isEqualTo(new ByteWriter(8).u64(-87).toBytes());
    JSONObject broken = JSON.parseObject("{\"key\":\"Zw==\",\"val\":\"x\",\"ver\":2}");
    assertThatThrownBy(() -> HustdbSource.records("Z", Bytes.utf8("z"), List.of(broken)))
        .isInstanceOf(JSONException.class);
  }

  @Test
  void aStateIsKeptReplacedAndGoes() throws IOException {
    TransferState state = new TransferState(directory.resolve("state"));
    assertThat(state.load()).isEmpty();
    state.save(JSON.parseObject("{\"bytes\":7}"));
    state.save(JSON.parseObject("{\"bytes\":8}"));
    assertThat(state.load().getLongValue("bytes")).isEqualTo(8);
    Files.writeString(state.file(), "no json");
    assertThatThrownBy(state::load)
        .isInstanceOf(CallFailureException.class)
        .hasMessageContaining("delete it to begin anew");
    state.delete();
    state.delete();
    assertThat(state.load()).isEmpty();
  }
}
