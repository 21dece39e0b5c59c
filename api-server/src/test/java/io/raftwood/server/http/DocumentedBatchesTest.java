package io.raftwood.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.raftwood.server.http.RawClient.Response;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The examples of the page on batches are answered as it says. */
class DocumentedBatchesTest {
  private static final Path PAGE = Path.of("../docs/api/batch.md");
  private static final Pattern EXAMPLE =
      Pattern.compile(
          "(?m)^curl -X POST --data-binary \\$'([^']*)' 'http://127\\.0\\.0\\.1:808\\d([^']*)'\n"
              + "((?:# .*\n)+)");
  private static final Pattern NODE_ID = Pattern.compile("\"\\d+\\.\\d+\"");

  @Test
  void examplesAreAnsweredAsThePageSays() throws IOException {
    String page = Files.readString(PAGE);
    int played = 0;
    try (TestServer server = new TestServer(TestServer.settings());
        RawClient client = server.connect()) {
      Matcher examples = EXAMPLE.matcher(page);
      while (examples.find()) {
        String body = examples.group(1).replace("\\n", "\n");
        Response response =
            client.ask("POST", examples.group(2), body.getBytes(StandardCharsets.UTF_8));
        assertThat(said(response))
            .as(examples.group())
            .isEqualTo(examples.group(3).replaceAll("(?m)^# ", ""));
        played++;
      }
    }
    assertThat(played).isEqualTo(page.split("\ncurl ").length - 1).isEqualTo(10);
  }

  private static String said(Response response) {
    return response.status() == 200
        ? NODE_ID.matcher(response.text()).replaceAll("\"...\"")
        : response.status() + " " + response.header("Error") + "\n";
  }
}
