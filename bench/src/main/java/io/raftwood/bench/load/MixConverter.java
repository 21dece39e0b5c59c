package io.raftwood.bench.load;

import java.util.Map;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * {@code put}, {@code get}, {@code PUTS/GETS} in percent, or an operation on a tree: {@code
 * tree-insert}, {@code tree-get}, {@code tree-seek}.
 */
final class MixConverter implements ITypeConverter<LoadMix> {
  private static final Map<String, LoadMix> NAMED =
      Map.ofEntries(
          Map.entry("put", LoadMix.records(100)),
          Map.entry("get", LoadMix.records(0)),
          Map.entry("get2", LoadMix.only(LoadOperation.GET2)),
          Map.entry("hset", LoadMix.only(LoadOperation.HSET)),
          Map.entry("zadd", LoadMix.only(LoadOperation.ZADD)),
          Map.entry("cache-put", LoadMix.only(LoadOperation.CACHE_PUT)),
          Map.entry("cache-get", LoadMix.only(LoadOperation.CACHE_GET)),
          Map.entry("batch", LoadMix.only(LoadOperation.BATCH)),
          Map.entry("tree-insert", LoadMix.only(LoadOperation.TREE_INSERT)),
          Map.entry("tree-get", LoadMix.only(LoadOperation.TREE_GET)),
          Map.entry("tree-seek", LoadMix.only(LoadOperation.TREE_SEEK)));

  @Override
  public LoadMix convert(String text) {
    if (NAMED.containsKey(text)) {
      return NAMED.get(text);
    }
    if (text.matches("[0-9]{1,3}/[0-9]{1,3}")) {
      int slash = text.indexOf('/');
      int puts = Integer.parseInt(text.substring(0, slash));
      int gets = Integer.parseInt(text.substring(slash + 1));
      if (puts + gets == 100) {
        return LoadMix.records(puts);
      }
    }
    throw new TypeConversionException(
        "'"
            + text
            + "' is not put, get, get2, hset, zadd, cache-put, cache-get, batch, tree-insert, tree-get,"
            + " tree-seek or two shares that add up to 100"
            + " such as 50/50");
  }
}
