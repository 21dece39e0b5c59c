package io.raftwood.server.config;

import java.util.List;

/**
 * A checked configuration and the origin of each of its values.
 *
 * @param config checked
 * @param settings one for each of {@link Settings#all()}, in its order
 */
public record LoadedConfig(ServerConfig config, List<ResolvedSetting> settings) {
  /** Copies the list. */
  public LoadedConfig {
    settings = List.copyOf(settings);
  }

  /** The configuration as YAML that the loader reads back, each line with its origin if wanted. */
  public String toYaml(boolean withOrigin) {
    StringBuilder yaml = new StringBuilder();
    String section = "";
    for (ResolvedSetting resolved : settings) {
      String key = resolved.setting().key();
      int dot = key.indexOf('.');
      if (dot >= 0 && !key.substring(0, dot).equals(section)) {
        section = key.substring(0, dot);
        yaml.append(section).append(":\n");
      }
      String line =
          (dot < 0 ? key : "  " + key.substring(dot + 1)) + ": " + quoted(resolved.text());
      yaml.append(withOrigin ? String.format("%-44s # %s", line, resolved.origin()) : line);
      yaml.append('\n');
    }
    return yaml.toString();
  }

  private static String quoted(String text) {
    if (text.matches("[A-Za-z0-9./_][A-Za-z0-9./_-]*")) {
      return text;
    }
    return "'" + text.replace("'", "''") + "'";
  }
}
