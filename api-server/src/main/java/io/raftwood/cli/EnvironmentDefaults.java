package io.raftwood.cli;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Options with a value can be given as a variable: {@code --endpoints} as {@code
 * RAFTWOOD_ENDPOINTS}; those of {@code dev} with {@code RAFTWOOD_DEV_} in front, since the bare
 * names are settings of a node. Switches cannot: a variable left behind must not erase a directory;
 * nor can those options of {@code kv} and {@code tree} that say what is done.
 */
record EnvironmentDefaults(Map<String, String> environment) implements IDefaultValueProvider {
  private static final Set<String> OF_CALLS =
      Set.of("--endpoints", "--timeout", "--output", "--consistency", "--user", "--password-file");

  @Override
  public String defaultValue(ArgSpec arg) {
    if (!(arg instanceof OptionSpec option) || option.arity().max() == 0) {
      return null; // picocli's word for "no default here".
    }
    String name = option.longestName();
    if (name.equals("--set")) {
      return null;
    }
    String command = option.command().qualifiedName("_");
    if (command.matches("raftwood_(kv|tree).*") && !OF_CALLS.contains(name)) {
      return null;
    }
    boolean ofDev = command.startsWith("raftwood_dev");
    return environment.get(
        (ofDev ? "RAFTWOOD_DEV_" : "RAFTWOOD_")
            + name.substring(2).toUpperCase(Locale.ROOT).replace('-', '_'));
  }
}
