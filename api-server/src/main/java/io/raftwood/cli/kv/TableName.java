package io.raftwood.cli.kv;

import io.raftwood.cli.call.CallFailureException;

/** Names of tables. */
final class TableName {
  private TableName() {}

  /**
   * {@code name}, which a node will accept.
   *
   * @throws CallFailureException (usage) when it will not
   */
  static String checked(String name) {
    if (!name.matches("[A-Za-z0-9_:.]{1,64}")) {
      throw CallFailureException.usage(
          "TABLE: '" + name + "' is not made of 1 to 64 letters, digits and _:.");
    }
    return name;
  }
}
