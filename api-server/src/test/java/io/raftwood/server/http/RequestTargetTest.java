package io.raftwood.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.raftwood.bytes.Bytes;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RequestTargetTest {
  private static final String HEX = "0123456789abcdefABCDEF";
  private static final String ALPHABET = "ab=&&==%%;?+/\u0000\u00ff\u0080key0fFz";

  private final RequestParameters usual = new RequestParameters(HustdbDialect.DEFAULT);
  private final RequestParameters strict = new RequestParameters(HustdbDialect.STRICT);

  @Test
  void pathIsDecodedAndItsSlashesMerged() {
    assertThat(path("/get")).contains("/get");
    assertThat(path("//get")).contains("/get");
    assertThat(path("/%67et")).contains("/get");
    assertThat(path("/%2fget")).contains("/get");
    assertThat(path("///a//b/")).contains("/a/b/");
    assertThat(path("http://host:1/get")).contains("/get");
    assertThat(path("http://host")).contains("/");
    assertThat(path("*")).contains("*");
    assertThat(path("/admin;x=1/info")).contains("/admin;x=1/info");
    assertThat(path("/a/../get")).contains("/a/../get");
    assertThat(path("/a%")).isEmpty();
    assertThat(path("/a%0g")).isEmpty();
    assertThat(path("/a\tb")).isEmpty();
    assertThat(path("/a\u007f")).isEmpty();
    assertThat(RequestTarget.parse("/a", "b=\r\n")).isEmpty();
  }

  private static Optional<String> path(String uri) {
    return RequestTarget.parse(uri, "").map(RequestTarget::path);
  }

  @Test
  void namesAreExactAndCaseSensitive() {
    RawQuery query = new RawQuery("mykey=aa&KEY=cc&flag&key=bb&keyx=dd");
    assertThat(query.first("key")).contains("bb");
    assertThat(query.first("flag")).isEmpty();
    assertThat(query.mentions("flag")).isTrue();
    assertThat(query.mentions("fla")).isFalse();
    assertThat(query.repeats("key")).isFalse();
    assertThat(new RawQuery("").first("key")).isEmpty();
    assertThat(new RawQuery("key").first("key")).isEmpty();
    assertThat(new RawQuery("key=").first("key")).contains("");
    assertThat(new RawQuery("&&=x&key==&").first("key")).contains("=");
  }

  @Test
  void ordinaryBytesStayWhatTheyAre() {
    RawQuery query = new RawQuery("key=a+b;c?d%00%ff%25%0d%0a\u0080");
    assertThat(usual.required(query, "key", 100))
        .isEqualTo(Bytes.of('a', '+', 'b', ';', 'c', '?', 'd', 0, 0xff, '%', '\r', '\n', 0x80));
  }

  @Test
  void repeatedParameterIsRefusedOrTheLastWins() {
    RawQuery query = new RawQuery("key=a&val=x&key=b");
    assertRefused(() -> usual.required(query, "key", 9), Outcome.DUPLICATE_PARAMETER, "key");
    assertThat(strict.required(query, "key", 9)).isEqualTo(Bytes.utf8("b"));
  }

  @Test
  void emptyValueCountsAsAbsent() {
    RawQuery query = new RawQuery("key=&ver=");
    assertRefused(() -> usual.required(query, "key", 9), Outcome.MISSING_PARAMETER, "key");
    assertThat(usual.unsigned32(query, "ver")).isZero();
    assertThat(usual.unsigned32(query, "ttl")).isZero();
  }

  @Test
  void brokenEncodingIsRefusedOrMended() {
    assertRefused(
        () -> usual.required(new RawQuery("key=p%zz"), "key", 9),
        Outcome.MALFORMED_ENCODING,
        "key");
    assertThat(strict.required(new RawQuery("key=p%zz"), "key", 9)).isEqualTo(Bytes.utf8("pzz"));
    assertThat(strict.required(new RawQuery("key=p%4"), "key", 9)).isEqualTo(Bytes.utf8("p"));
    assertThat(strict.required(new RawQuery("key=p%"), "key", 9)).isEqualTo(Bytes.utf8("p"));
    assertThat(strict.required(new RawQuery("key=%%41"), "key", 9)).isEqualTo(Bytes.utf8("A"));
  }

  @Test
  void keyIsBounded() {
    assertThat(usual.required(new RawQuery("key=%41%42"), "key", 2)).isEqualTo(Bytes.utf8("AB"));
    assertRefused(() -> usual.required(new RawQuery("key=ABC"), "key", 2), Outcome.TOO_LONG, "key");
  }

  @Test
  void numbersAreExactOrReadAsTheOriginalDoes() {
    Object[][] table = {
      {"0", 0L, 0L},
      {"12", 12L, 12L},
      {"4294967295", 4_294_967_295L, 4_294_967_295L},
      {"4294967296", null, 0L},
      {"99999999999999999999", null, 0L},
      {"-1", null, 4_294_967_295L},
      {"+5", null, 5L},
      {"abc", null, 0L},
      {"12abc", null, 12L},
      {"1e3", null, 1L},
      {"1.9", null, 1L},
      {" 7", null, 7L},
      {"-", null, 0L},
      {"-0", null, 0L},
    };
    for (Object[] row : table) {
      RawQuery query = new RawQuery("ver=" + row[0]);
      assertThat(strict.unsigned32(query, "ver")).as("strict " + row[0]).isEqualTo(row[2]);
      if (row[1] == null) {
        assertRefused(() -> usual.unsigned32(query, "ver"), Outcome.MALFORMED_PARAMETER, "ver");
      } else {
        assertThat(usual.unsigned32(query, "ver")).as("default " + row[0]).isEqualTo(row[1]);
      }
    }
  }

  @Test
  void whatIsEncodedIsDecodedToTheSameBytes() {
    long seed = 20_261_121;
    Random random = new Random(seed);
    for (int round = 0; round < 2_000; round++) {
      byte[] key = new byte[1 + random.nextInt(40)];
      random.nextBytes(key);
      RawQuery query = new RawQuery("x=1&key=" + encoded(key, random) + "&val=2");
      assertThat(usual.required(query, "key", 40))
          .as("seed " + seed + " round " + round + " " + query)
          .isEqualTo(Bytes.wrap(key));
    }
  }

  private static String encoded(byte[] key, Random random) {
    StringBuilder text = new StringBuilder();
    for (byte next : key) {
      boolean must = next == '%' || next == '&';
      if (must || random.nextBoolean()) {
        String form = random.nextBoolean() ? "%%%02x" : "%%%02X";
        text.append(String.format(form, next & 0xff));
      } else {
        text.append((char) (next & 0xff));
      }
    }
    return text.toString();
  }

  @Test
  void anyTextIsReadOrRefusedButNeverFails() {
    long seed = 7_919;
    Random random = new Random(seed);
    for (int round = 0; round < 20_000; round++) {
      String text = noise(random);
      RawQuery query = new RawQuery(text);
      for (RequestParameters parameters : new RequestParameters[] {usual, strict}) {
        try {
          parameters
              .decoded(query, "key", 16)
              .ifPresent(key -> assertThat(key.length()).isLessThanOrEqualTo(16));
          parameters.value(query);
          parameters.unsigned32(query, "a");
          parameters.consistency(query);
        } catch (RequestRefusedException expected) {
          assertThat(expected.outcome()).as("seed " + seed + " " + text).isNotNull();
        }
      }
      Optional<RequestTarget> target = RequestTarget.parse("/" + text, text);
      target.ifPresent(found -> assertThat(found.path()).startsWith("/").doesNotContain("//"));
      Optional<Bytes> exact = PercentCode.decode(text);
      if (exact.isPresent()) {
        assertThat(PercentCode.decodeLeniently(text))
            .as("seed " + seed + " round " + round)
            .isEqualTo(exact.get());
      }
    }
  }

  private static String noise(Random random) {
    StringBuilder text = new StringBuilder();
    int length = random.nextInt(24);
    for (int at = 0; at < length; at++) {
      if (random.nextInt(4) == 0) {
        text.append('%')
            .append(HEX.charAt(random.nextInt(HEX.length())))
            .append(HEX.charAt(random.nextInt(HEX.length())));
      } else {
        text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
      }
    }
    return text.toString();
  }

  private static void assertRefused(Runnable work, Outcome outcome, String detail) {
    assertThatThrownBy(work::run)
        .isInstanceOfSatisfying(
            RequestRefusedException.class,
            refused -> {
              assertThat(refused.outcome()).isEqualTo(outcome);
              assertThat(refused.detail()).isEqualTo(detail);
            });
  }
}
