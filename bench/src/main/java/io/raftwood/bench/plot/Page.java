package io.raftwood.bench.plot;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A page of HTML under construction, without scripts or anything from elsewhere. Texts are escaped.
 * Not thread-safe.
 */
public final class Page {
  private static final String STYLE =
      "body{font-family:sans-serif;max-width:60em;margin:2em auto;padding:0 1em;color:#222}"
          + "table{border-collapse:collapse;margin:1em 0}"
          + "td,th{border:1px solid #ccc;padding:.2em .6em;text-align:right}"
          + "td:first-child,th:first-child{text-align:left}svg{margin:.5em 0;max-width:100%}";

  private final String title;
  private final StringBuilder body = new StringBuilder();

  /** An empty page. */
  public Page(String title) {
    this.title = title;
  }

  /** {@code text} as HTML. */
  static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("'", "&#39;")
        .replace("\"", "&quot;");
  }

  /** Adds a heading. */
  public Page heading(String text) {
    body.append("<h2>").append(escape(text)).append("</h2>\n");
    return this;
  }

  /** Adds a paragraph. */
  public Page text(String text) {
    body.append("<p>").append(escape(text)).append("</p>\n");
    return this;
  }

  /** Adds a chart. */
  public Page chart(Chart chart) {
    body.append(chart.svg()).append('\n');
    return this;
  }

  /** Adds a table. */
  public Page table(List<String> head, List<List<String>> rows) {
    body.append("<table>\n");
    row("th", head);
    rows.forEach(cells -> row("td", cells));
    body.append("</table>\n");
    return this;
  }

  private void row(String element, List<String> cells) {
    body.append("<tr>");
    for (String cell : cells) {
      body.append('<').append(element).append('>').append(escape(cell));
      body.append("</").append(element).append('>');
    }
    body.append("</tr>\n");
  }

  /** The page's text. */
  public String html() {
    return "<!DOCTYPE html>\n<html lang='en'>\n<head><meta charset='utf-8'><title>"
        + escape(title)
        + "</title>\n<style>"
        + STYLE
        + "</style></head>\n<body>\n<h1>"
        + escape(title)
        + "</h1>\n"
        + body
        + "</body>\n</html>\n";
  }

  /**
   * Writes the page.
   *
   * @throws IOException when it cannot be written
   */
  public void write(Path file) throws IOException {
    Files.writeString(file, html(), StandardCharsets.UTF_8);
  }
}
