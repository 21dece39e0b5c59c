package io.raftwood.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.alibaba.fastjson2.JSON;
import com.alibaba.fastjson2.JSONObject;
import io.raftwood.backup.ArchivePage;
import io.raftwood.bytes.Bytes;
import io.raftwood.kv.RecordId;
import io.raftwood.kv.RecordItem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BackupEndpointsTest {
  private static final byte[] NOTHING = {'\n'};
  private static final String ID = "0102030405060708090a0b0c0d0e0f10";
  private static final String RESTORE = "/admin/restore/begin?id=" + ID + "&revision=50&clock=9";

  private final TestServer server;

  BackupEndpointsTest() throws IOException {
    server = new TestServer(TestServer.settings());
  }

  @AfterEach
  void close() {
    server.close();
  }

  private static byte[] items(int count) {
    List<Bytes> items =
        IntStream.range(0, count)
            .mapToObj(i -> RecordId.key(Bytes.utf8("k" + i)))
            .map(id -> new RecordItem(id, 3, 7, 0, Bytes.utf8("v")).encode())
            .toList();
    return ArchivePage.encodeItems(items).toArray();
  }

  private JSONObject json(String target, byte[] body) throws IOException {
    RawClient.Response response = server.ask("POST", target, body);
    assertThat(response.status()).as(target).isEqualTo(200);
    return JSON.parseObject(text(response));
  }

  private static String text(RawClient.Response response) {
    return new String(response.body(), StandardCharsets.UTF_8);
  }

  private void refused(int status, String error, String target, byte[] body) throws IOException {
    RawClient.Response response = server.ask("POST", target, body);
    assertThat(response.status()).as(target).isEqualTo(status);
    assertThat(response.header("Error")).as(target).isEqualTo(error);
  }

  @Test
  void whatWasImportedIsReadFromAView() throws IOException {
    JSONObject counts = json("/admin/import?family=1", items(3));
    assertThat(counts.toString())
        .isEqualTo("{\"written\":3,\"kept\":0,\"expired\":0,\"refused\":0}");
    assertThat(json("/admin/import?family=1&rule=newer", items(3)).getIntValue("kept"))
        .isEqualTo(3);
    assertThat(json("/admin/import?family=1&rule=overwrite", items(3)).getIntValue("written"))
        .isEqualTo(3);
    JSONObject view = json("/admin/backup/begin?group=data-0", NOTHING);
    assertThat(view.getLongValue("revision")).isEqualTo(3);
    assertThat(view.getLongValue("items")).isEqualTo(3);
    String page = "/admin/backup/page?family=1&bytes=1&view=" + view.getString("view");
    ArchivePage first = ArchivePage.decode(Bytes.wrap(server.ask("GET", page).body()));
    assertThat(first.items()).hasSize(1);
    byte[] place = first.next().orElseThrow().toArray();
    ArchivePage second = ArchivePage.decode(Bytes.wrap(server.ask("POST", page, place).body()));
    assertThat(second.items()).hasSize(1).isNotEqualTo(first.items());
    assertThat(server.ask("POST", "/admin/backup/end?view=" + view.getString("view")).status())
        .isEqualTo(200);
    refused(404, "no-such-view", page, place);
  }

  @Test
  void aRestoreIsRefusedWhereSomethingIs() throws IOException {
    json(RESTORE, NOTHING);
    assertThat(json("/admin/restore/put?family=1&id=" + ID, items(2)).getIntValue("written"))
        .isEqualTo(2);
    assertThat(json("/admin/restore/put?family=1&id=" + ID, items(2)).getIntValue("kept"))
        .isEqualTo(2);
    json("/admin/restore/end?id=" + ID, NOTHING);
    refused(409, "not-empty", RESTORE, NOTHING);
    refused(409, "no-such-restore", "/admin/restore/put?family=1&id=" + ID, items(1));
    refused(409, "no-such-restore", "/admin/restore/end?id=" + ID, NOTHING);
  }

  @Test
  void whatIsMalformedIsRefused() throws IOException {
    String view = json("/admin/backup/begin?group=data-0", NOTHING).getString("view");
    String page = "/admin/backup/page?bytes=9&view=" + view;
    refused(400, "missing-parameter:group", "/admin/backup/begin", NOTHING);
    refused(400, "malformed-parameter:body", page + "&family=9", NOTHING);
    refused(400, "malformed-parameter:body", page + "&family=1", new byte[] {77});
    refused(400, "malformed-parameter:family", page + "&family=1000", NOTHING);
    refused(400, "malformed-parameter:id", "/admin/restore/begin?id=7&revision=1&clock=1", NOTHING);
    refused(
        400,
        "malformed-parameter:clock",
        "/admin/restore/begin?id=" + ID + "&revision=1&clock=-1",
        NOTHING);
    refused(400, "malformed-parameter:rule", "/admin/import?family=1&rule=x", items(1));
    refused(400, "malformed-parameter:body", "/admin/import?family=1", new byte[] {1, 1, 9});
    refused(400, "malformed-parameter:body", "/admin/import?family=4", items(1));
    assertThat(server.ask("GET", "/admin/restore/end?id=" + ID).status()).isEqualTo(405);
  }
}
