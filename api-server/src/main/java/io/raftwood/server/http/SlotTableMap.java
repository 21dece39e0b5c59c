package io.raftwood.server.http;

import io.raftwood.cluster.ClusterMap;
import io.raftwood.cluster.GroupPreference;
import io.raftwood.cluster.GroupRecord;
import io.raftwood.cluster.NodeRecord;
import io.raftwood.server.http.SlotTable.Item;
import io.raftwood.server.http.SlotTable.Range;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Between slot tables and the cluster map: master1 is a group's first voter, master2 its second.
 * Groups of fewer voters name the one they have twice. Replicas are not moved: a table can only say
 * in which order the voters that there are should lead.
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
   * What {@code table} wishes of the groups.
   *
   * @throws InvalidTableException when the table breaks a rule, or asks for what cannot be done
   */
  List<GroupPreference> preferences(SlotTable table) {
    table
        .check()
        .ifPresent(
            rule -> {
              throw new InvalidTableException(rule);
            });
    for (String host : table.hosts()) {
      if (node(host).isEmpty()) {
        throw new InvalidTableException("there is no node " + shown(host));
      }
    }
    List<GroupPreference> preferences = new ArrayList<>();
    for (GroupRecord group : dataGroups()) {
      preferences.add(preference(group, table.effective()));
    }
    return preferences;
  }

  private Optional<String> node(String host) {
    return map.nodes().stream()
        .filter(node -> node.http().toString().equals(host))
        .map(NodeRecord::name)
        .findFirst();
  }

  private GroupPreference preference(GroupRecord group, List<Range> ranges) {
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
    List<String> order = new ArrayList<>();
    order.add(voter(group, range.first()));
    if (!range.first().equals(range.second())) {
      order.add(voter(group, range.second()));
    } else if (group.voters().size() > 1) {
      throw new InvalidTableException("master1 and master2 are the same host");
    }
    group.voters().stream().filter(name -> !order.contains(name)).forEach(order::add);
    return new GroupPreference(group.name(), order);
  }

  private String voter(GroupRecord group, String host) {
    return node(host)
        .filter(group.voters()::contains)
        .orElseThrow(
            () ->
                new InvalidTableException(
                    "replicas are not moved yet and "
                        + shown(host)
                        + " hosts none of "
                        + group.name()));
  }

  private static String shown(String host) {
    return SHOWN.matcher(host).matches() ? host : "of that name";
  }
}
