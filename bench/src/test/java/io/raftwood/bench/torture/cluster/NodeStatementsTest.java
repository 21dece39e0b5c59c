package io.raftwood.bench.torture.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.alibaba.fastjson2.JSON;
import io.raftwood.bench.torture.network.NodeAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What nodes say of their end and of their replicas, understood. */
class NodeStatementsTest {
  @TempDir Path directory;

  @Test
  void onlyTheDocumentedCodesWithALineAreAnExplanation() {
    assertThat(new NodeEnd(5, Optional.of("FAULT, the node ends: x")).explained()).isTrue();
    assertThat(new NodeEnd(4, Optional.of("refused (LOG_ROLLED_BACK): x")).explained()).isTrue();
    assertThat(new NodeEnd(5, Optional.empty()).explained()).isFalse();
    assertThat(new NodeEnd(134, Optional.of("FAULT, x")).explained()).isFalse();
    assertThat(new NodeEnd(0, Optional.of("FAULT, x")).explained()).isFalse();
    assertThat(new NodeEnd(4, Optional.of("refused (SUPERSEDED): x")).fault()).isFalse();
  }

  @Test
  void theReasonIsTheLastOneOfThisProcess() throws IOException {
    TortureNode node = node();
    Files.writeString(node.log(), "12:00 ERROR ServerMain: FAULT, the node ends: old\n");
    long start = Files.size(node.log());
    assertThat(node.lastReason(start)).isEmpty();
    Files.writeString(
        node.log(), "old line\n12:01 ERROR ServerMain: refused (LOG_ROLLED_BACK): new\n\tat x\n");
    assertThat(node.lastReason(3)).contains("refused (LOG_ROLLED_BACK): new");
  }

  @Test
  void aGroupIsPlacedWhenThoseVoteWhoShouldAndNobodyElse() {
    assertThat(group("true", "'n1','n2'", "'n2','n1'").done()).isTrue();
    assertThat(group("false", "'n1','n2'", "'n2','n1'").done()).isFalse();
    assertThat(group("true", "'n1','n2'", "'n2','n1','n3'").done()).isFalse();
    assertThat(
            GroupPlacement.parse(
                    JSON.parseObject("{'name':'g','settled':true,'wanted':{'voters':['n1']}}"))
                .done())
        .as("no leader is known")
        .isFalse();
  }

  @Test
  void whatIsWantedNoMoreIsAskedForAgain() throws IOException {
    Placements placements = new Placements(List.of(), node -> true);
    placements.remember(List.of(group("true", "'n1','n2','n3'", "'n1','n2','n3'")));
    List<String> asked = new ArrayList<>();
    Placements.Wish wish = (group, voters) -> asked.add(group + voters);
    assertThat(
            placements.restored(List.of(group("true", "'n3','n2','n1'", "'n1','n2','n3'")), wish))
        .as("another order, as after a transfer of leadership")
        .isTrue();
    assertThat(asked).isEmpty();
    assertThat(placements.restored(List.of(group("true", "'n1','n2'", "'n1','n2'")), wish))
        .isFalse();
    assertThat(asked).containsExactly("data-0[n1, n2, n3]");
  }

  private static GroupPlacement group(String settled, String wanted, String actual) {
    return GroupPlacement.parse(
        JSON.parseObject(
            "{'name':'data-0','settled':"
                + settled
                + ",'wanted':{'voters':["
                + wanted
                + "]},'actual':{'voters':["
                + actual
                + "]}}"));
  }

  private TortureNode node() {
    return new TortureNode("n1", new NodeAddress("127.0.0.1", 1, 2), directory, directory);
  }
}
