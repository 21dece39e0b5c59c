package io.raftwood.server.config;

import java.util.List;

/** The rows of {@link Settings} about trees. */
public final class DtSection {
  private static final int FANOUT_MIN = 4;
  private static final int FANOUT_MAX = 1024;

  /** See {@link DtConfig#autocreate()}. */
  public static final Setting<Boolean> AUTOCREATE =
      new Setting<>(
          "dt.autocreate",
          SettingTypes.flag(),
          "false",
          "Whether insert, load, and setcas without old_value, create a tree that does not exist.");

  /** See {@link DtConfig#leafMax()}. */
  public static final Setting<Integer> LEAF_MAX =
      new Setting<>(
          "dt.leaf-max",
          SettingTypes.integer(FANOUT_MIN, FANOUT_MAX),
          "64",
          "Most entries of a leaf, for trees that are created through this node.");

  /** See {@link DtConfig#innerMax()}. */
  public static final Setting<Integer> INNER_MAX =
      new Setting<>(
          "dt.inner-max",
          SettingTypes.integer(FANOUT_MIN, FANOUT_MAX),
          "64",
          "Most children of an inner tree node, for trees that are created through this node.");

  /** All of them, in the order of the documentation. */
  static final List<Setting<?>> ALL = List.of(AUTOCREATE, LEAF_MAX, INNER_MAX);

  private DtSection() {}
}
