package io.raftwood.server.http;

import com.alibaba.fastjson2.JSON;
import com.alibaba.fastjson2.JSONArray;
import io.raftwood.bytes.Bytes;
import io.raftwood.server.http.SlotTable.Decrease;
import io.raftwood.server.http.SlotTable.Increase;
import io.raftwood.server.http.SlotTable.Item;
import io.raftwood.server.http.SlotTable.Range;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The slot table as JSON (contract 3.3). Field names are matched whatever their case; unknown
 * fields are ignored. Written as the original's generator writes it, byte for byte.
 */
final class SlotTableJson {
  private static final int HOST_LENGTH_MAX = 300;

  private SlotTableJson() {}

  /**
   * Reads a table.
   *
   * @throws InvalidTableException when it is not JSON of that form; its rules are not checked
   */
  static SlotTable parse(Bytes json) {
    Object whole;
    try {
      whole = JSON.parse(json.toUtf8());
    } catch (RuntimeException e) {
      // The parser's exceptions for malformed input are of several kinds.
      throw new InvalidTableException("not JSON");
    }
    List<Item> items = new ArrayList<>();
    for (Object element : array(field(whole, "table"), "table")) {
      items.add(item(element));
    }
    return new SlotTable(items);
  }

  private static Item item(Object element) {
    Range range = range(field(element, "item"), "item");
    return new Item(
        range,
        field(element, "increase").flatMap(SlotTableJson::increase),
        field(element, "decrease").map(SlotTableJson::decrease));
  }

  /** Without both halves it means nothing, as with the original. */
  private static Optional<Increase> increase(Object value) {
    Optional<Object> low = field(value, "low");
    Optional<Object> high = field(value, "high");
    return low.isPresent() && high.isPresent()
        ? Optional.of(new Increase(range(low, "low"), range(high, "high")))
        : Optional.empty();
  }

  private static Decrease decrease(Object value) {
    return new Decrease(
        host(field(value, "remove").orElse("")), host(field(value, "replace_by").orElse("")));
  }

  private static Range range(Optional<Object> value, String name) {
    Object object = value.orElseThrow(() -> new InvalidTableException("no " + name));
    JSONArray key = array(field(object, "key"), "key");
    JSONArray val = array(field(object, "val"), "val");
    if (key.size() != 2 || val.size() != 2) {
      throw new InvalidTableException("key and val have two elements each");
    }
    return new Range(slot(key.get(0)), slot(key.get(1)), host(val.get(0)), host(val.get(1)));
  }

  private static int slot(Object value) {
    if (value instanceof Integer number && number >= 0 && number <= SlotTable.SLOTS) {
      return number;
    }
    throw new InvalidTableException("a slot is a whole number within 0..1024");
  }

  private static String host(Object value) {
    if (value instanceof String text && !text.isEmpty() && text.length() <= HOST_LENGTH_MAX) {
      return text;
    }
    throw new InvalidTableException("a host is a text host:port");
  }

  private static JSONArray array(Optional<Object> value, String name) {
    if (value.isPresent() && value.get() instanceof JSONArray array) {
      return array;
    }
    throw new InvalidTableException("no array " + name);
  }

  private static Optional<Object> field(Object object, String name) {
    if (object instanceof Map<?, ?> fields) {
      for (Map.Entry<?, ?> field : fields.entrySet()) {
        // The parser lets names be numbers.
        if (name.equalsIgnoreCase(String.valueOf(field.getKey()))) {
          return Optional.ofNullable(field.getValue());
        }
      }
    }
    return Optional.empty();
  }

  /** Writes the ranges of {@code table}; hosts need no escaping. */
  static String render(SlotTable table) {
    return table.effective().stream()
        .map(SlotTableJson::rendered)
        .collect(Collectors.joining(", \n", "{\n    \"table\": [\n", "\n    ]\n}"));
  }

  private static String rendered(Range range) {
    return """
                {
                    "item": {
                        "val": [
                            "%s",\s
                            "%s"
                        ],\s
                        "key": [
                            %d,\s
                            %d
                        ]
                    }
                }"""
        .formatted(range.first(), range.second(), range.start(), range.end())
        .indent(8)
        .stripTrailing();
  }
}
