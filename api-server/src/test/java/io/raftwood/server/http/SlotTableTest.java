package io.raftwood.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.raftwood.bytes.Bytes;
import io.raftwood.cluster.ClusterMap;
import io.raftwood.cluster.GroupRecord;
import io.raftwood.cluster.NodeRecord;
import io.raftwood.peer.NodeAddress;
import io.raftwood.server.http.SlotTable.Item;
import io.raftwood.server.http.SlotTable.Range;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlotTableTest {
  private static final String A = "h:1";
  private static final String B = "h:2";
  private static final String C = "h:3";
  private static final String D = "h:4";

  @Test
  void isReadWhateverTheCaseOfItsNamesAndWithUnknownFields() {
    String json =
        "{'x':[],'TABLE':[{'Item':{'KEY':[0,1024],'vaL':['h:1','h:2'],'more':1}}]}"
            .replace('\'', '"');
    assertThat(parse(json)).isEqualTo(new SlotTable(List.of(Item.of(0, 1024, A, B))));
    assertThat(parse(json).check()).isEmpty();
  }

  @Test
  void isWrittenAsTheOriginalsGeneratorDoes() {
    SlotTable table = new SlotTable(List.of(Item.of(0, 512, A, B), Item.of(512, 1024, B, A)));
    String json = SlotTableJson.render(table);
    assertThat(json)
        .startsWith(
            "{\n    \"table\": [\n        {\n            \"item\": {\n                \"val\": [\n"
                + "                    \"h:1\", \n                    \"h:2\"\n"
                + "                ], \n                \"key\": [\n"
                + "                    0, \n                    512\n                ]\n"
                + "            }\n        }, \n        {\n")
        .endsWith("                ]\n            }\n        }\n    ]\n}");
    assertThat(parse(json)).isEqualTo(table);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "not json | not JSON",
        "'' | no array table",
        "3 | no array table",
        "{} | no array table",
        "{'table':3} | no array table",
        "{'table':[3]} | no item",
        "{'table':[{}]} | no item",
        "{'table':[{'item':{'key':[0,1024]}}]} | no array val",
        "{'table':[{'item':{'key':[0],'val':['a','b']}}]} | two elements",
        "{'table':[{'item':{'key':[0,1,2],'val':['a','b']}}]} | two elements",
        "{'table':[{'item':{'key':[0,1024],'val':['a']}}]} | two elements",
        "{'table':[{'item':{'key':['0',1024],'val':['a','b']}}]} | whole number",
        "{'table':[{'item':{'key':[0,1024.5],'val':['a','b']}}]} | whole number",
        "{'table':[{'item':{'key':[-1,1024],'val':['a','b']}}]} | whole number",
        "{'table':[{'item':{'key':[0,99999999999],'val':['a','b']}}]} | whole number",
        "{'table':[{'item':{'key':[0,1024],'val':['a',3]}}]} | a host",
        "{'table':[{'item':{'key':[0,1024],'val':['a','']}}]} | a host",
        "{'table':[{'item':{'key':[0,1024],'val':['a','b']},'decrease':{'remove':'a'}}]} | a host",
      })
  void otherFormsAreRefused(String json, String why) {
    assertThatThrownBy(() -> parse(json.replace('\'', '"')))
        .isInstanceOf(InvalidTableException.class)
        .hasMessageContaining(why);
  }

  @Test
  void damagedTablesAreReadOrRefused() {
    String json = SlotTableJson.render(new SlotTable(List.of(Item.of(0, 1024, A, B))));
    Random random = new Random(7);
    for (int round = 0; round < 5000; round++) {
      byte[] damaged = Bytes.utf8(json).toArray();
      for (int i = 0; i < 1 + round % 3; i++) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      }
      try {
        assertThat(SlotTableJson.parse(Bytes.wrap(damaged)).check()).isNotNull();
      } catch (InvalidTableException e) {
        assertThat(e.getMessage()).isNotEmpty();
      }
    }
  }

  @Test
  void everySlotIsInOneRange() {
    assertThat(check(Item.of(0, 512, A, B), Item.of(512, 1024, B, A))).isEqualTo("valid");
    assertThat(check()).contains("empty");
    assertThat(check(Item.of(1, 1024, A, B))).contains("begins at 1 instead of 0");
    assertThat(check(Item.of(0, 1023, A, B))).contains("ends at 1023");
    assertThat(check(Item.of(0, 512, A, B), Item.of(513, 1024, A, B))).contains("begins at 513");
    assertThat(check(Item.of(0, 512, A, B), Item.of(511, 1024, A, B))).contains("begins at 511");
    assertThat(check(Item.of(0, 0, A, B), Item.of(0, 1024, A, B))).contains("0..0");
    assertThat(check(Item.of(0, 1024, A, B), Item.of(1024, 1024, A, B))).contains("1024..1024");
  }

  @Test
  void increaseSplitsAnItemInHalvesThatKeepOneHostEach() {
    SlotTable table = table("0,1024,h:1,h:2", "increase", "0,512,h:1,h:3", "512,1024,h:4,h:2");
    assertThat(table.check()).isEmpty();
    assertThat(table.effective())
        .containsExactly(new Range(0, 512, A, C), new Range(512, 1024, D, B));
    assertThat(table.hosts()).containsExactly(A, B, C, D);
    String[][] broken = {
      {"1,512,h:1,h:3", "512,1024,h:4,h:2", "halves"},
      {"0,512,h:1,h:3", "513,1024,h:4,h:2", "halves"},
      {"0,512,h:1,h:3", "512,1023,h:4,h:2", "halves"},
      {"0,0,h:1,h:3", "0,1024,h:4,h:2", "halves"},
      {"0,512,h:2,h:3", "512,1024,h:4,h:2", "keep the hosts"},
      {"0,512,h:1,h:3", "512,1024,h:4,h:1", "keep the hosts"},
      {"0,512,h:1,h:2", "512,1024,h:4,h:2", "adds no host"},
      {"0,512,h:1,h:3", "512,1024,h:1,h:2", "adds no host"},
    };
    for (String[] one : broken) {
      assertThat(table("0,1024,h:1,h:2", "increase", one[0], one[1]).check().orElse("valid"))
          .contains(one[2]);
    }
  }

  @Test
  void halfAnIncreaseMeansNothing() {
    String json =
        "{'table':[{'item':{'key':[0,1024],'val':['h:1','h:2']},'increase':{'low':{}}}]}"
            .replace('\'', '"');
    assertThat(parse(json).effective()).containsExactly(new Range(0, 1024, A, B));
  }

  @Test
  void decreaseReplacesOneHost() {
    SlotTable first = decrease("0,1024,h:1,h:2", A, C);
    assertThat(first.check()).isEmpty();
    assertThat(first.effective()).containsExactly(new Range(0, 1024, B, C));
    assertThat(decrease("0,1024,h:1,h:2", B, C).effective())
        .containsExactly(new Range(0, 1024, A, C));
    assertThat(decrease("0,1024,h:1,h:2", A, A).check().orElse("")).contains("replaces none");
    assertThat(decrease("0,1024,h:1,h:2", C, D).check().orElse("")).contains("replaces none");
  }

  @Test
  void noHostIsBothRemovedAndAReplacement() {
    SlotTable low = decrease("0,512,h:1,h:2", A, C);
    SlotTable high = decrease("512,1024,h:3,h:2", C, D);
    SlotTable both = new SlotTable(List.of(low.items().get(0), high.items().get(0)));
    assertThat(both.check().orElse("")).contains("both removed");
  }

  @Test
  void increaseAndDecreaseExcludeEachOther() {
    Item grows =
        table("0,512,h:1,h:2", "increase", "0,256,h:1,h:3", "256,512,h:4,h:2").items().get(0);
    Item shrinks = decrease("512,1024,h:1,h:2", A, C).items().get(0);
    assertThat(new SlotTable(List.of(grows, shrinks)).check().orElse("")).contains("in one table");
  }

  @Test
  void oneGroupIsShownWithItsFirstTwoVoters() {
    SlotTableMap map = new SlotTableMap(cluster(3, List.of("n2", "n3", "n1")));
    assertThat(map.table()).isEqualTo(new SlotTable(List.of(Item.of(0, 1024, "h:2", "h:3"))));
    SlotTableMap alone = new SlotTableMap(cluster(1, List.of("n1")));
    assertThat(alone.table()).isEqualTo(new SlotTable(List.of(Item.of(0, 1024, A, A))));
    assertThat(alone.firsts(alone.table())).isEqualTo(Map.of("data-0", List.of("n1")));
  }

  @Test
  void anyNodeMayBeNamed() {
    SlotTableMap map = new SlotTableMap(cluster(4, List.of("n1", "n2", "n3")));
    assertThat(map.firsts(new SlotTable(List.of(Item.of(0, 1024, D, A)))))
        .isEqualTo(Map.of("data-0", List.of("n4", "n1")));
    assertThat(map.firsts(decrease("0,1024,h:1,h:2", A, D)))
        .isEqualTo(Map.of("data-0", List.of("n2", "n4")));
  }

  @Test
  void rangesMeetGroupsByTheirSlots() {
    SlotTableMap map =
        new SlotTableMap(cluster(3, List.of("n1", "n2", "n3"), List.of("n2", "n3", "n1")));
    Map<String, List<String>> swapped =
        Map.of("data-0", List.of("n2", "n1"), "data-1", List.of("n2", "n1"));
    assertThat(map.firsts(new SlotTable(List.of(Item.of(0, 1024, B, A))))).isEqualTo(swapped);
    assertThat(
            map.firsts(
                new SlotTable(
                    List.of(
                        Item.of(0, 100, B, A), Item.of(100, 900, B, A), Item.of(900, 1024, B, A)))))
        .isEqualTo(swapped);
    assertThatThrownBy(
            () ->
                map.firsts(new SlotTable(List.of(Item.of(0, 256, A, B), Item.of(256, 1024, B, A)))))
        .hasMessageContaining("slots 0..512 are one group");
  }

  @Test
  void theHalvesOfAnIncreaseAreGroups() {
    SlotTableMap map =
        new SlotTableMap(cluster(4, List.of("n1", "n2", "n3"), List.of("n2", "n3", "n1")));
    assertThat(map.firsts(table("0,1024,h:1,h:2", "increase", "0,512,h:1,h:3", "512,1024,h:4,h:2")))
        .isEqualTo(Map.of("data-0", List.of("n1", "n3"), "data-1", List.of("n4", "n2")));
    assertThatThrownBy(
            () ->
                map.firsts(
                    table("0,1024,h:1,h:2", "increase", "0,256,h:1,h:3", "256,1024,h:4,h:2")))
        .hasMessageContaining("slots 0..512 are one group");
  }

  @Test
  void whatCannotBeDoneIsRefused() {
    SlotTableMap map = new SlotTableMap(cluster(4, List.of("n1", "n2", "n3")));
    assertThatThrownBy(() -> map.firsts(new SlotTable(List.of(Item.of(0, 1024, A, "x:1")))))
        .hasMessageContaining("no node x:1");
    assertThatThrownBy(() -> map.firsts(new SlotTable(List.of(Item.of(0, 1024, A, "x\r\n")))))
        .hasMessageContaining("no node of that name");
    assertThatThrownBy(() -> map.firsts(new SlotTable(List.of(Item.of(0, 1024, A, A)))))
        .hasMessageContaining("the same host");
  }

  @SafeVarargs
  private static ClusterMap cluster(int nodes, List<String>... voters) {
    return new ClusterMap(
        "c".repeat(32),
        1,
        IntStream.rangeClosed(1, nodes).mapToObj(SlotTableTest::node).toList(),
        IntStream.range(0, voters.length)
            .mapToObj(
                at ->
                    new GroupRecord(
                        "data-" + at,
                        1024 * at / voters.length,
                        1024 * (at + 1) / voters.length,
                        voters[at],
                        List.of()))
            .toList());
  }

  private static NodeRecord node(int number) {
    return new NodeRecord(
        "n" + number,
        new NodeAddress("h", number),
        new NodeAddress("r", number),
        "a".repeat(32),
        0,
        0);
  }

  private static SlotTable parse(String json) {
    return SlotTableJson.parse(Bytes.utf8(json));
  }

  private static String check(Item... items) {
    return new SlotTable(List.of(items)).check().orElse("valid");
  }

  private static SlotTable table(String item, String change, String low, String high) {
    return parse(
        "{\"table\":[{\"item\":%s,\"%s\":{\"low\":%s,\"high\":%s}}]}"
            .formatted(range(item), change, range(low), range(high)));
  }

  private static SlotTable decrease(String item, String remove, String by) {
    return parse(
        "{\"table\":[{\"item\":%s,\"decrease\":{\"remove\":\"%s\",\"replace_by\":\"%s\"}}]}"
            .formatted(range(item), remove, by));
  }

  private static String range(String text) {
    String[] parts = text.split(",");
    return "{\"key\":[%s,%s],\"val\":[\"%s\",\"%s\"]}"
        .formatted(parts[0], parts[1], parts[2], parts[3]);
  }
}
