package io.raftwood.tree;

import static org.assertj.core.api.Assertions.assertThat;

import io.raftwood.tree.model.TreeEntry;
import io.raftwood.tree.model.TreeLimits;
import io.raftwood.tree.model.TreeResult;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Ranges (dt-api 5.3). */
class TreeRangesTest {
  private final FruitTree tree = new FruitTree();

  @Test
  void rangesExcludeTheirStartAndIncludeTheirEndBothWays() {
    tree.createWith("a", "b", "c", "d");
    assertThat(tree.keys("a", "c", 10, false)).containsExactly("b", "c");
    assertThat(tree.keys("", "b", 10, false)).containsExactly("a", "b");
    assertThat(tree.keys("b", "", 10, false)).containsExactly("c", "d");
    assertThat(tree.keys("c", "a", 10, true)).containsExactly("b", "a");
    assertThat(tree.keys("", "c", 10, true)).containsExactly("d", "c");
    assertThat(tree.keys("c", "", 10, true)).containsExactly("b", "a");
    assertThat(tree.keys("c", "a", 10, false)).isEmpty();
    assertThat(tree.keys("a", "c", 10, true)).isEmpty();
    assertThat(tree.keys("b", "b", 10, false)).isEmpty();
  }

  @Test
  void pagesSayWhetherThereIsMore() {
    tree.createWith("a", "b", "c");
    assertThat(tree.page("", "", 2, false).more()).isTrue();
    assertThat(tree.page("", "", 3, false).more()).isFalse();
    assertThat(tree.page("", "b", 2, false).more()).isFalse();
    assertThat(tree.page("c", "", 2, true).more()).isFalse();
  }

  @Test
  void pagesEndBeforeTheyGrowTooLarge() {
    tree.create();
    String large = "x".repeat(TreeLimits.VALUE_BYTES_MAX);
    for (int i = 0; i < 6; i++) {
      tree.insert("k" + i, large);
    }
    List<String> read = new ArrayList<>();
    int pages = 0;
    TreeResult.Page page;
    do {
      page = tree.page(read.isEmpty() ? "" : read.get(read.size() - 1), "", 10_000, false);
      page.entries().forEach(entry -> read.add(entry.key().toUtf8()));
      assertThat(page.entries().stream().mapToInt(TreeEntry::bytes).sum())
          .isLessThanOrEqualTo(TreeLimits.PAGE_BYTES_MAX);
      pages++;
    } while (page.more());
    assertThat(read).containsExactly("k0", "k1", "k2", "k3", "k4", "k5");
    assertThat(pages).isEqualTo(2);
  }
}
