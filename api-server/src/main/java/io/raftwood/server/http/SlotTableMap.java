package io.raftwood.server.http;

import io.raftwood.cluster.ClusterMap;
import io.raftwood.cluster.GroupRecord;
import io.raftwood.cluster.NodeRecord;
import io.raftwood.server.http.SlotTable.Item;
import io.raftwood.server.http.SlotTable.Range;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Between slot tables and the cluster map: master1 is a group's first voter, master2 its second.
 * Groups of fewer voters name the one they have twice. A table says what is wanted: replicas move
 * accordingly, but slots stay in their groups.
 */
final class SlotTableMap {
  private static final Pattern SHOWN = Pattern.compile("[A-Za-z0-9_.:-]{1,80}");
  private static final String DATA_PREFIX = "data-";

  private final ClusterMap map;

  /** Translates to and from {@code map}. */
  SlotTableMap(ClusterMap map) {
    this.map = map;
  }

  /** The table that {@code map} is, one element for each data group. */
  SlotTable table() {
    return new SlotTable(dataGroups().stream().map(this::item).toList());
  }

  private List<GroupRecord> dataGroups() {
    return map.groups().stream().filter(group -> group.name().startsWith(DATA_PREFIX)).toList();
  }

  private Item item(GroupRecord group) {
    List<String> hosts = group.voters().stream().map(this::host).toList();
    return Item.of(
        group.firstSlot(), group.endSlot(), hosts.get(0), hosts.get(Math.min(1, hosts.size() - 1)));
  }

  private String host(String node) {
    return map.node(node).map(found -> found.http().toString()).orElse(node);
  }

  /**
   * Who is to lead each data group first and second, as {@code table} says.
   *
   * @return nodes by group
   * @throws InvalidTableException when the table breaks a rule, or asks for what cannot be done
   */
  Map<String, List<String>> firsts(SlotTable table) {
    table
        .check()
        .ifPresent(
            rule -> {
              throw new InvalidTableException(rule);
            });
    for (String host : table.hosts()) {
      node(host);
    }
    Map<String, List<String>> firsts = new LinkedHashMap<>();
    for (GroupRecord group : dataGroups()) {
      firsts.put(group.name(), firsts(group, table.effective()));
    }
    return firsts;
  }

  private String node(String host) {
    return map.nodes().stream()
        .filter(node -> node.http().toString().equals(host))
        .map(NodeRecord::name)
        .findFirst()
        .orElseThrow(() -> new InvalidTableException("there is no node " + shown(host)));
  }

  private List<String> firsts(GroupRecord group, List<Range> ranges) {
    List<Range> own =
        ranges.stream()
            .filter(range -> range.start() < group.endSlot() && range.end() > group.firstSlot())
            .toList();
    Range range = own.get(0);
    boolean alike =
        own.stream()
            .allMatch(
                other ->
                    other.first().equals(range.first()) && other.second().equals(range.second()));
    if (!alike) {
      throw new InvalidTableException(
          "slots "
              + group.firstSlot()
              + ".."
              + group.endSlot()
              + " are one group and need the same hosts");
    }
    if (!range.first().equals(range.second())) {
      return List.of(node(range.first()), node(range.second()));
    }
    if (group.voters().size() > 1) {
      throw new InvalidTableException("master1 and master2 are the same host");
    }
    return List.of(node(range.first()));
  }

  private static String shown(String host) {
    return SHOWN.matcher(host).matches() ? host : "of that name";
  }
}
