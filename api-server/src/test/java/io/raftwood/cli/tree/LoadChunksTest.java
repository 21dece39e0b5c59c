package io.raftwood.cli.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.raftwood.bytes.Bytes;
import io.raftwood.cli.call.CallFailureException;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class LoadChunksTest {
  private static final LoadChunks.Form ENCODED = new LoadChunks.Form(false, Bytes.EMPTY);

  private static List<LoadChunks.Chunk> chunks(String text, LoadChunks.Form form, int linesMax) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    LoadChunks chunks = new LoadChunks(new ByteArrayInputStream(bytes), form, linesMax);
    List<LoadChunks.Chunk> all = new ArrayList<>();
    for (var chunk = chunks.next(); chunk.isPresent(); chunk = chunks.next()) {
      all.add(chunk.get());
    }
    assertThat(chunks.bytesRead()).isEqualTo(bytes.length);
    return all;
  }

  @Test
  void linesAreCutAfterTheirNumber() {
    assertThat(chunks("a\t1\nb\t2\nc\t3", ENCODED, 2))
        .containsExactly(
            new LoadChunks.Chunk(Bytes.utf8("a\t1\nb\t2\n"), 1, 2),
            new LoadChunks.Chunk(Bytes.utf8("c\t3\n"), 3, 1));
    assertThat(chunks("", ENCODED, 2)).isEmpty();
  }

  @Test
  void aBodyEndsAtAMebibyte() {
    String line = "k\t" + "v".repeat(400_000) + "\n";
    List<LoadChunks.Chunk> all = chunks(line.repeat(5), ENCODED, 100);
    assertThat(all.stream().map(LoadChunks.Chunk::lines)).containsExactly(3, 2);
    assertThat(all.get(1).lastLine()).isEqualTo(5);
  }

  @Test
  void whatIsNotDecodedHereStaysAsItIs() {
    assertThat(chunks("%\r\n\n", ENCODED, 9))
        .containsExactly(new LoadChunks.Chunk(Bytes.utf8("%\r\n\n"), 1, 2));
  }

  @Test
  void plainLinesAreEncoded() {
    LoadChunks.Form form = new LoadChunks.Form(true, Bytes.utf8("50%"));
    assertThat(chunks("a b\nc\td\te\n", form, 9))
        .containsExactly(new LoadChunks.Chunk(Bytes.utf8("a%20b\t50%25\nc\td%09e\n"), 1, 2));
  }

  @Test
  void aLineWithoutEndIsRefusedBeforeItFillsTheMemory() {
    assertThatThrownBy(() -> chunks("a\n" + "x".repeat(4_000_000), ENCODED, 9))
        .isInstanceOf(CallFailureException.class)
        .hasMessageContaining("line 2");
  }

  @Test
  void progressTellsRateAndTimeLeft() {
    assertThat(LoadProgress.text(5000, 2500, OptionalLong.of(10_000), 2))
        .isEqualTo("5000 lines, 2500 lines/s, 25 %, 6 s left");
    assertThat(LoadProgress.text(5000, 2500, OptionalLong.empty(), 2))
        .isEqualTo("5000 lines, 2500 lines/s");
  }
}
