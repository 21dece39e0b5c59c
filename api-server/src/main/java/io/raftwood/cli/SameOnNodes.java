package io.raftwood.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What nodes say of named things, those together that say the same. */
final class SameOnNodes {
  private static final String ALL = "all";

  private final Map<String, Map<String, List<String>>> nodesByValue = new LinkedHashMap<>();
  private int nodes;

  /** Takes down all that {@code node} says. */
  void add(String node, Map<String, String> values) {
    nodes++;
    values.forEach(
        (key, value) ->
            nodesByValue
                .computeIfAbsent(key, unknown -> new LinkedHashMap<>())
                .computeIfAbsent(value, unknown -> new ArrayList<>())
                .add(node));
  }

  /** A line for each thing and each of its values, with the nodes that say so. */
  TextTable table(String keyTitle, String valueTitle) {
    TextTable table = new TextTable(keyTitle, valueTitle, "NODES");
    nodesByValue.forEach(
        (key, values) ->
            values.forEach(
                (value, names) ->
                    table.add(key, value, names.size() == nodes ? ALL : String.join(",", names))));
    return table;
  }
}
