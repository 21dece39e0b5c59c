package io.raftwood.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.raftwood.server.http.RawClient.Response;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The examples of the page's sections on tables and listings are answered as the page says. */
class DocumentedExamplesTest {
  private static final Path PAGE = Path.of("../docs/api/hustdb.md");
  private static final Pattern EXAMPLE =
      Pattern.compile(
          "(?m)^curl -i (?:-X (\\w+) )?(?:--data-binary '([^']*)' )?"
              + "'http://127\\.0\\.0\\.1:808\\d([^']*)' +# (.*)$");
  private static final Pattern HEADER = Pattern.compile("([A-Z][A-Za-z-]*): (.*)");

  /** Each section begins with an empty store. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "## Hashes, sets, sorted sets\n",
        "## The cache\n",
        "## Listings, figures, scans\n"
      })
  void examplesAreAnsweredAsThePageSays(String heading) throws IOException {
    String page = Files.readString(PAGE);
    String from = page.substring(page.indexOf(heading) + heading.length());
    String section = from.substring(0, from.indexOf("\n## "));
    int played = 0;
    try (TestServer server = new TestServer(TestServer.settings());
        RawClient client = server.connect()) {
      Matcher examples = EXAMPLE.matcher(section);
      while (examples.find()) {
        play(client, examples);
        played++;
      }
    }
    assertThat(played).isEqualTo(section.split("\ncurl ").length - 1).isGreaterThan(15);
  }

  private static void play(RawClient client, Matcher example) throws IOException {
    String method = example.group(1) == null ? "GET" : example.group(1);
    String body = example.group(2) == null ? "" : example.group(2);
    byte[] sent = body.getBytes(StandardCharsets.UTF_8);
    Response response = client.ask(method, example.group(3), sent);
    String[] said = example.group(4).split("; ");
    assertThat(response.status()).as(example.group()).isEqualTo(Integer.parseInt(said[0]));
    String saidBody = "";
    for (int i = 1; i < said.length; i++) {
      Matcher header = HEADER.matcher(said[i]);
      if (header.matches()) {
        assertThat(response.header(header.group(1))).as(example.group()).isEqualTo(header.group(2));
      } else {
        saidBody = said[i];
      }
    }
    boolean unsaid = response.header("Content-Type").equals("text/html") || saidBody.equals("...");
    String text = unsaid ? saidBody : response.text();
    assertThat(text).as(example.group()).isEqualTo(saidBody);
  }
}
