package io.raftwood.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.raftwood.server.http.RawClient.Response;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Calls trees with forms and says what must come back. */
final class TreeClient implements AutoCloseable {
  private static final String FORM = "application/x-www-form-urlencoded";

  private final RawClient client;

  TreeClient(TestServer server) throws IOException {
    client = server.connect();
  }

  /** The answer to a form that is sent as it is. */
  Response post(String call, String form, String... headers) throws IOException {
    byte[] body = form.getBytes(StandardCharsets.UTF_8);
    StringBuilder head = new StringBuilder("POST /dt/" + call + " HTTP/1.1\r\nHost: test\r\n");
    for (String header : headers) {
      head.append(header).append("\r\n");
    }
    head.append("Content-Length: " + body.length + "\r\n\r\n");
    client.send(head.toString());
    client.send(body);
    return client.read().orElseThrow();
  }

  /** The envelope in the answer to a form. */
  String call(String call, String form, String... headers) throws IOException {
    String[] all = new String[headers.length + 1];
    System.arraycopy(headers, 0, all, 0, headers.length);
    all[headers.length] = "Content-Type: " + FORM;
    return envelope(post(call, form, all));
  }

  static String envelope(Response response) {
    assertThat(response.status()).isEqualTo(200);
    assertThat(response.header("Content-Type")).isEqualTo("application/json; charset=utf-8");
    return new String(response.body(), StandardCharsets.UTF_8);
  }

  void succeeds(String call, String form, String data) throws IOException {
    assertThat(call(call, form))
        .as(call + " " + form)
        .isEqualTo("{\"status\":\"success\",\"code\":0,\"data\":" + data + "}");
  }

  void fails(String call, String form, int code) throws IOException {
    assertFailure(call(call, form), code);
  }

  static void assertFailure(String envelope, int code) {
    assertThat(envelope)
        .startsWith("{\"status\":\"fail\",\"code\":" + code + ",\"data\":\"")
        .endsWith("\"}");
  }

  /** The text that {@code data} is. */
  String text(String call, String form) throws IOException {
    String envelope = call(call, form);
    String start = "{\"status\":\"success\",\"code\":0,\"data\":\"";
    assertThat(envelope).startsWith(start);
    return envelope.substring(start.length(), envelope.indexOf('"', start.length()));
  }

  @Override
  public void close() throws IOException {
    client.close();
  }
}
