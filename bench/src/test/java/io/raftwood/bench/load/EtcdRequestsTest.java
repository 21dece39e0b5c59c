package io.raftwood.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What etcd's JSON gateway is asked. */
class EtcdRequestsTest {
  private static final Pattern PUT =
      Pattern.compile("\\{\"key\":\"([A-Za-z0-9+/=]+)\",\"value\":\"([A-Za-z0-9+/=]+)\"}");

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 100, 1024})
  void aPutHasTheKeyAndAValueOfTheSizeAsked(int valueBytes) {
    String request = render(valueBytes, Optional.empty(), LoadOperation.PUT, 77);
    assertThat(request).startsWith("POST /v3/kv/put HTTP/1.1\r\nHost: 127.0.0.1:2379\r\n");
    Matcher body = PUT.matcher(bodyOf(request));
    assertThat(body.matches()).as(request).isTrue();
    assertThat(decoded(body.group(1)))
        .asString(StandardCharsets.US_ASCII)
        .isEqualTo("bench:0000000077");
    assertThat(decoded(body.group(2))).hasSize(valueBytes);
  }

  @Test
  void aGetIsLinearizableUnlessLocalIsAsked() {
    assertThat(bodyOf(render(100, Optional.empty(), LoadOperation.GET, 1)))
        .isEqualTo("{\"key\":\"YmVuY2g6MDAwMDAwMDAwMQ==\"}");
    assertThat(bodyOf(render(100, Optional.of("local"), LoadOperation.GET, 1)))
        .isEqualTo("{\"key\":\"YmVuY2g6MDAwMDAwMDAwMQ==\",\"serializable\":true}");
  }

  @Test
  void whatEtcdDoesNotHaveIsRefused() {
    assertThatThrownBy(() -> render(100, Optional.empty(), LoadOperation.ZADD, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("ZADD");
  }

  /** The body, which is as long as the head says. */
  private static String bodyOf(String request) {
    int end = request.indexOf("\r\n\r\n") + 4;
    String body = request.substring(end);
    assertThat(request).contains("Content-Length: " + body.length() + "\r\n");
    return body;
  }

  private static byte[] decoded(String base64) {
    return Base64.getDecoder().decode(base64);
  }

  private static String render(
      int valueBytes, Optional<String> consistency, LoadOperation operation, long key) {
    LoadPlan.Workload workload =
        new LoadPlan.Workload(
            LoadMix.records(100), consistency, 100, valueBytes, false, 1, Dialect.ETCD);
    EtcdRequests requests = new EtcdRequests(new InetSocketAddress("127.0.0.1", 2379), workload);
    ByteBuffer target = ByteBuffer.allocate(requests.requestBytesMax());
    requests.render(target, operation, key, 4095);
    return StandardCharsets.US_ASCII.decode(target.flip()).toString();
  }
}
