package io.raftwood.bench.torture.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LinkRulesTest {
  @Test
  void theReceiverDropsWhatACutLinkWouldCarry() {
    LinkRules rules = new LinkRules(Set.of(new Link(0, 2)), Map.of(), Set.of());
    assertThat(filter(rules, 2)).contains("ip saddr 10.0.0.0 drop").doesNotContain("10.0.0.1");
    assertThat(filter(rules, 0)).doesNotContain("drop");
    assertThat(filter(rules, 1)).doesNotContain("drop");
  }

  @Test
  void lossConcernsOtherNodesOnly() {
    LinkRules rules = new LinkRules(Set.of(), Map.of(1, 30), Set.of());
    assertThat(filter(rules, 1))
        .contains("ip saddr 10.0.0.0 numgen random mod 100 < 30 drop")
        .contains("ip saddr 10.0.0.2 numgen random mod 100 < 30 drop")
        .doesNotContain("10.0.0.1 ");
    assertThat(filter(rules, 0)).doesNotContain("drop");
  }

  @Test
  void everyFilterReplacesTheOneBefore() {
    assertThat(filter(LinkRules.NONE, 0)).contains("flush table inet torture");
  }

  @Test
  void faultsAddUpAndHealTogether() throws IOException {
    List<LinkRules> applied = new ArrayList<>();
    Links links = new Links(new RecordingNetwork(applied));
    links.cut(Link.both(0, 1));
    links.slow(2);
    links.lose(0, 10);
    links.restore(Set.of(new Link(0, 1)));
    assertThat(last(applied))
        .isEqualTo(new LinkRules(Set.of(new Link(1, 0)), Map.of(0, 10), Set.of(2)));
    links.heal();
    assertThat(last(applied)).isEqualTo(LinkRules.NONE);
    int count = applied.size();
    links.heal();
    assertThat(applied).as("healing what is whole asks nobody").hasSize(count);
  }

  private static LinkRules last(List<LinkRules> applied) {
    return applied.get(applied.size() - 1);
  }

  private static String filter(LinkRules rules, int node) {
    return rules.filter(node, 3, one -> "10.0.0." + one);
  }

  private record RecordingNetwork(List<LinkRules> applied) implements Network {
    @Override
    public String description() {
      return "recording";
    }

    @Override
    public Optional<String> limitation() {
      return Optional.empty();
    }

    @Override
    public NodeAddress address(int node) {
      return new NodeAddress("127.0.0.1", 1, 2);
    }

    @Override
    public List<String> enter(int node) {
      return List.of();
    }

    @Override
    public void apply(LinkRules rules) {
      applied.add(rules);
    }

    @Override
    public void close() {}
  }
}
