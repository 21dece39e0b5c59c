package io.raftwood.server.config;

/** The table of settings as the Markdown page {@code docs/configuration.md}. */
public final class SettingsDocument {
  private static final String HEAD =
      """
      # Configuration

      Written by `./raftwood config docs`; a test compares the two. Do not edit by hand.

      A node reads, of rising precedence: the defaults below, a YAML file (`--config FILE`),
      environment variables, flags (`--set key=value`). An unknown key is an error, in the file, in a
      flag, and in a variable that begins like a section's (`RAFTWOOD_HTTP_...`). Sizes take the
      units B, KiB, MiB, GiB, TiB; times take ms, s, m, h, d. `./raftwood config print --origin
      --config FILE` shows every value and where it comes from, `./raftwood config validate --config
      FILE` only checks.

      ```yaml
      node: {name: n1, data-dir: /var/lib/raftwood}
      http: {host: 127.0.0.1, port: 8082}
      raft: {host: 127.0.0.1, port: 9082, election-timeout: 2s}
      cluster:
        initial-nodes:
          - {name: n1, http: "127.0.0.1:8082", raft: "127.0.0.1:9082"}
          - {name: n2, http: "127.0.0.1:8083", raft: "127.0.0.1:9083"}
          - {name: n3, http: "127.0.0.1:8084", raft: "127.0.0.1:9084"}
      storage: {block-cache: 512MiB}
      ```

      A node refuses to listen beyond loopback without authentication unless `insecure` is true
      (`./raftwood server --insecure`). For the HTTP port `auth.enabled` will do; traffic between
      nodes has no authentication yet, so a Raft port beyond loopback always takes `insecure`.

      | key | environment | default | allowed | meaning |
      |---|---|---|---|---|
      """;

  private SettingsDocument() {}

  /** The page. */
  public static String markdown() {
    StringBuilder page = new StringBuilder(HEAD);
    for (Setting<?> setting : Settings.all()) {
      String defaultText = setting.defaultText();
      page.append("| `").append(setting.key());
      page.append("` | `").append(setting.variable());
      page.append("` | ").append(defaultText.isEmpty() ? "empty" : "`" + defaultText + "`");
      page.append(" | ").append(setting.range());
      page.append(" | ").append(setting.doc()).append(" |\n");
    }
    return page.toString();
  }
}
