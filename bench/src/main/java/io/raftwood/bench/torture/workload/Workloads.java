package io.raftwood.bench.torture.workload;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** All workloads by name. */
public final class Workloads {
  /** Those that a run has unless others are named, in the order in which they are listed. */
  public static final List<String> USUAL =
      List.of("register", "counter", "set", "sorted-set", "tree", "bank");

  /** As many writes as the cluster takes, which leave no processor time for others. */
  public static final String WRITES = "writes";

  /** The cache, whose groups cost processor time of their own. */
  public static final String APPEND = "append";

  /** All names. */
  public static final List<String> NAMES =
      Stream.concat(USUAL.stream(), Stream.of(APPEND, WRITES)).toList();

  private Workloads() {}

  /**
   * A new workload.
   *
   * @param settings of the servers, by dotted names
   * @param cacheForgets why the cache may forget everything; empty = it may not
   * @throws IllegalArgumentException when there is none of this name
   */
  public static Workload named(
      String name, Map<String, String> settings, Optional<String> cacheForgets) {
    return switch (name) {
      case "register" -> new RegisterWorkload();
      case "counter" -> new CounterWorkload();
      case "set" -> new SetWorkload();
      case "sorted-set" -> new SortedSetWorkload();
      case "tree" ->
          new TreeWorkload(
              Integer.parseInt(settings.getOrDefault("dt.leaf-max", "64")),
              Integer.parseInt(settings.getOrDefault("dt.inner-max", "64")));
      case "bank" -> new BankWorkload();
      case APPEND -> new AppendWorkload(cacheForgets);
      case WRITES -> new WritesWorkload();
      default ->
          throw new IllegalArgumentException(
              "'" + name + "' is no workload; there are " + String.join(", ", NAMES));
    };
  }
}
