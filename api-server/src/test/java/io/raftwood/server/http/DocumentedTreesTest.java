package io.raftwood.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The examples of the page on trees are answered as it says. */
class DocumentedTreesTest {
  private static final Path PAGE = Path.of("../docs/api/dt.md");
  private static final Pattern EXAMPLE =
      Pattern.compile(
          "(?m)^curl -i -X POST (?:(-d |--data-binary \\$)'([^']*)' )?"
              + "'http://127\\.0\\.0\\.1:808\\d/dt/([^']*)' +# (.*)$");
  private static final Pattern NODE_ID = Pattern.compile("\"\\d+\\.\\d+\"");

  @Test
  void examplesAreAnsweredAsThePageSays() throws IOException {
    String page = Files.readString(PAGE);
    int played = 0;
    try (TestServer server = new TestServer(TestServer.settings());
        TreeClient client = new TreeClient(server)) {
      Matcher examples = EXAMPLE.matcher(page);
      while (examples.find()) {
        String answer = play(client, examples);
        assertThat(NODE_ID.matcher(answer).replaceAll("\"...\""))
            .as(examples.group())
            .isEqualTo(examples.group(4));
        played++;
      }
    }
    assertThat(played).isEqualTo(page.split("\ncurl ").length - 1).isGreaterThan(15);
  }

  private static String play(TreeClient client, Matcher example) throws IOException {
    if (example.group(2) == null) {
      return TreeClient.envelope(client.post(example.group(3), ""));
    }
    boolean quoted = example.group(1).endsWith("$");
    String body = example.group(2);
    return client.call(
        example.group(3), quoted ? body.replace("\\t", "\t").replace("\\n", "\n") : body);
  }
}
