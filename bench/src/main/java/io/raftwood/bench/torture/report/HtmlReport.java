package io.raftwood.bench.torture.report;

import io.raftwood.bench.torture.check.CheckResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Runs as one page that needs nothing else: no script, no other file. */
public final class HtmlReport {
  private static final String HEAD =
      """
      <!DOCTYPE html>
      <html lang="en"><head><meta charset="utf-8"><title>raftwood torture</title><style>
      body{font-family:sans-serif;margin:1.5em;color:#222;max-width:1150px}
      code,pre{background:#f4f4f4;padding:.1em .3em;white-space:pre-wrap}
      td,th{text-align:left;vertical-align:top;padding:.15em .7em .15em 0}
      .passed,.green{color:#2a7a2a}.failed,.red{color:#c00;font-weight:bold}
      .unknown,.undecided{color:#b06000;font-weight:bold}.skipped{color:#777}
      section{border-top:1px solid #ccc;margin-top:1.5em}
      </style></head><body><h1>raftwood torture</h1>
      """;

  private HtmlReport() {}

  /** Writes the page. */
  public static void write(List<RunReport> runs, Path file) throws IOException {
    Files.writeString(file, render(runs));
  }

  /** The page. */
  static String render(List<RunReport> runs) {
    StringBuilder page = new StringBuilder(HEAD);
    long green = runs.stream().filter(RunReport::green).count();
    page.append("<p>").append(green).append(" of ").append(runs.size()).append(" runs green</p>");
    runs.forEach(run -> section(page, run));
    return page.append("</body></html>\n").toString();
  }

  private static void section(StringBuilder page, RunReport run) {
    String verdict = run.verdict();
    page.append("<section><h2>").append(Html.escape(run.title())).append(": <span class='");
    page.append(verdict.toLowerCase(Locale.ROOT)).append("'>").append(verdict);
    page.append("</span></h2><p><code>").append(Html.escape(run.command())).append("</code></p>");
    page.append("<ul>");
    run.facts().forEach(fact -> item(page, fact));
    item(page, run.operations());
    item(page, run.faults());
    page.append("</ul>").append(new TimelinePicture(run.timeline()).render());
    page.append("<p>Requests: green answered, grey refused, orange of unknown outcome. Latency:");
    page.append(" blue median, red maximum of the answered ones. Leaders: a colour for each");
    page.append(" node.</p><table>");
    run.checks().forEach(check -> row(page, check));
    page.append("</table></section>\n");
  }

  private static void item(StringBuilder page, String text) {
    page.append("<li>").append(Html.escape(text)).append("</li>");
  }

  private static void row(StringBuilder page, CheckResult check) {
    String status = check.status().name();
    page.append("<tr><td class='").append(status.toLowerCase(Locale.ROOT)).append("'>");
    page.append(status).append("</td><td>").append(Html.escape(check.name()));
    page.append("</td><td>");
    boolean many = check.detail().contains("\n");
    page.append(many ? "<pre>" : "").append(Html.escape(check.detail()));
    page.append(many ? "</pre>" : "").append("</td></tr>");
  }
}
