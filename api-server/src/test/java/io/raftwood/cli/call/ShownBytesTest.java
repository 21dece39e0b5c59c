package io.raftwood.cli.call;

import static org.assertj.core.api.Assertions.assertThat;

import com.alibaba.fastjson2.JSON;
import io.raftwood.bytes.Bytes;
import java.util.Base64;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ShownBytesTest {
  private static final long SEED = 77;

  @Test
  void textStaysTextAndTheRestIsEscaped() {
    assertThat(ShownBytes.escaped(Bytes.utf8("слово \u732b\ud83d\ude00")))
        .isEqualTo("слово \u732b\ud83d\ude00");
    assertThat(ShownBytes.escaped(Bytes.utf8("a\\b\n\r\t\u0000\u001b\u007f")))
        .isEqualTo("a\\\\b\\n\\r\\t\\x00\\x1b\\x7f");
    assertThat(ShownBytes.escaped(Bytes.fromHex("61ff62c3"))).isEqualTo("a\\xffb\\xc3");
    assertThat(ShownBytes.escaped(Bytes.fromHex("e282"))).isEqualTo("\\xe2\\x82");
    // C1 controls and what turns the direction of writing.
    assertThat(ShownBytes.escaped(Bytes.utf8("\u009b\u202e")))
        .isEqualTo("\\xc2\\x9b\\xe2\\x80\\xae");
    assertThat(ShownBytes.escaped(Bytes.EMPTY)).isEmpty();
  }

  @Test
  void everyValueHasItsOwnEscapedFormWithoutControlCharacters() {
    SplittableRandom random = new SplittableRandom(SEED);
    for (int round = 0; round < 2000; round++) {
      byte[] value = new byte[random.nextInt(40)];
      random.nextBytes(value);
      String shown = ShownBytes.escaped(Bytes.wrap(value));
      assertThat(shown.chars()).as("seed %d", SEED).noneMatch(Character::isISOControl);
      assertThat(unescaped(shown)).as("seed %d", SEED).isEqualTo(Bytes.wrap(value));
    }
  }

  private static Bytes unescaped(String shown) {
    Bytes bytes = Bytes.EMPTY;
    int at = 0;
    while (at < shown.length()) {
      if (shown.charAt(at) != '\\') {
        int next = shown.offsetByCodePoints(at, 1);
        bytes = bytes.concat(Bytes.utf8(shown.substring(at, next)));
        at = next;
      } else if (shown.charAt(at + 1) == 'x') {
        bytes = bytes.concat(Bytes.fromHex(shown.substring(at + 2, at + 4)));
        at += 4;
      } else {
        bytes =
            bytes.concat(
                Bytes.of(
                    "\\\\n\nr\rt\t".charAt("\\\\n\nr\rt\t".indexOf(shown.charAt(at + 1)) + 1)));
        at += 2;
      }
    }
    return bytes;
  }

  @Test
  void jsonSaysByTheNameWhetherItIsBase64() {
    String text = "{" + ShownBytes.jsonMember("value", Bytes.utf8("\"\u0000\u2028")) + "}";
    assertThat(JSON.parseObject(text).getString("value")).isEqualTo("\"\u0000\u2028");
    String binary = "{" + ShownBytes.jsonMember("value", Bytes.of(0xff, 0)) + "}";
    assertThat(Base64.getDecoder().decode(JSON.parseObject(binary).getString("valueBase64")))
        .containsExactly(0xff, 0);
  }

  @Test
  void argumentsInHintsAreQuotedForAShell() {
    assertThat(ShownBytes.argument(Bytes.utf8("user:1"))).isEqualTo("user:1");
    assertThat(ShownBytes.argument(Bytes.utf8("it's $HOME"))).isEqualTo("'it'\\''s $HOME'");
    assertThat(ShownBytes.argument(Bytes.utf8("a\nb"))).isEqualTo("--encoding hex 610a62");
    assertThat(ShownBytes.argument(Bytes.of(0xff))).isEqualTo("--encoding hex ff");
    assertThat(ShownBytes.argument(Bytes.utf8("-x"))).isEqualTo("--encoding hex 2d78");
  }
}
