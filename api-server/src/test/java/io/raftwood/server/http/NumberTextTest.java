package io.raftwood.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NumberTextTest {
  @Test
  void exactSignedNumbersAreDigitsInRange() {
    assertThat(NumberText.signed64("9223372036854775807")).hasValue(Long.MAX_VALUE);
    assertThat(NumberText.signed64("-9223372036854775808")).hasValue(Long.MIN_VALUE);
    assertThat(NumberText.signed64("-0")).hasValue(0);
    assertThat(NumberText.signed64("007")).hasValue(7);
    for (String text :
        new String[] {
          "", "-", "+1", "1.5", " 1", "1 ", "abc", "0x1", "--1", "9223372036854775808", "\u0663"
        }) {
      assertThat(NumberText.signed64(text)).as(text).isEmpty();
    }
  }

  @Test
  void exactUnsignedNumbersHaveNoSign() {
    assertThat(NumberText.unsigned32("0")).hasValue(0);
    assertThat(NumberText.unsigned32("4294967295")).hasValue(4_294_967_295L);
    for (String text : new String[] {"", "4294967296", "-1", "-0", "1x"}) {
      assertThat(NumberText.unsigned32(text)).as(text).isEmpty();
    }
  }

  @Test
  void lenientNumbersEndAtTheFirstStrangeCharacter() {
    assertThat(NumberText.lenientSigned64("12abc")).isEqualTo(12);
    assertThat(NumberText.lenientSigned64("-1.9")).isEqualTo(-1);
    assertThat(NumberText.lenientSigned64("  +5")).isEqualTo(5);
    assertThat(NumberText.lenientSigned64("-9223372036854775808")).isEqualTo(Long.MIN_VALUE);
    for (String text : new String[] {"", "-", "+", "abc", "- 1", "9223372036854775808"}) {
      assertThat(NumberText.lenientSigned64(text)).as(text).isZero();
    }
  }

  @Test
  void lenientUnsignedNumbersWrapBelowZeroAndAreZeroAboveTheRange() {
    assertThat(NumberText.lenientUnsigned32("-1")).isEqualTo(4_294_967_295L);
    assertThat(NumberText.lenientUnsigned32("-4294967295")).isEqualTo(1);
    assertThat(NumberText.lenientUnsigned32("4294967295")).isEqualTo(4_294_967_295L);
    assertThat(NumberText.lenientUnsigned32("4294967296")).isZero();
    assertThat(NumberText.lenientUnsigned32("99999999999999999999")).isZero();
    assertThat(NumberText.lenientUnsigned32("-9223372036854775808")).isZero();
  }
}
