package io.raftwood.tree.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NodeIdTest {
  @Test
  void isReadAsWritten() {
    for (NodeId id :
        List.of(
            new NodeId(3, 17),
            new NodeId(0, 0),
            new NodeId(1541, 10),
            new NodeId(Long.MAX_VALUE, Long.MAX_VALUE))) {
      assertThat(NodeId.parse(id.toString())).contains(id);
    }
    assertThat(new NodeId(3, 17)).hasToString("3.17");
  }

  @Test
  void isReadFromNoOtherText() {
    for (String text :
        List.of(
            "",
            ".",
            "3",
            "3.",
            ".3",
            "3.1.7",
            "03.1",
            "3.01",
            "00.1",
            "-3.1",
            "3.-1",
            "+3.1",
            " 3.1",
            "3.1 ",
            "3,1",
            "a.b",
            "3.1\0",
            "3.9223372036854775808",
            "9999999999999999999.1",
            "3.18446744073709551617",
            "\u0663.1")) {
      assertThat(NodeId.parse(text)).as(text).isEmpty();
    }
  }

  @Test
  void saysTheSlotOfItsTree() {
    assertThat(new NodeId(TreeNumber.of(1, 0), 1).slot()).isZero();
    assertThat(new NodeId(TreeNumber.of(7, 1023), 5).slot()).isEqualTo(1023);
    long last = TreeNumber.of(TreeNumber.SEQUENCE_MAX, 1023);
    assertThat(last).isPositive();
    assertThat(TreeNumber.slotOf(last)).isEqualTo(1023);
  }
}
