package io.raftwood.bench.torture.report;

/** Text in a page. */
final class Html {
  private Html() {}

  /** {@code text} so that it shows as it is, also within quotes. */
  static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("'", "&#39;")
        .replace("\"", "&quot;");
  }
}
