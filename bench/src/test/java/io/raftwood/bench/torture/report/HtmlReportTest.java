package io.raftwood.bench.torture.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.raftwood.bench.torture.check.CheckResult;
import io.raftwood.bench.torture.timeline.Timeline;
import java.io.StringReader;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

class HtmlReportTest {
  @Test
  void thePageNeedsNothingElseAndEscapesWhatItShows() {
    String page = HtmlReport.render(List.of(run(CheckResult.failed("x <y>", "line\n'&'"))));
    assertThat(page).contains("x &lt;y&gt;", "line\n&#39;&amp;&#39;", "RED", "0 of 1 runs green");
    assertThat(page).doesNotContain("<script", "<link", "src=", "href=");
  }

  @Test
  void thePictureIsWellFormed() throws Exception {
    String svg = new TimelinePicture(timeline()).render();
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    assertThat(
            factory
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(svg)))
                .getDocumentElement()
                .getTagName())
        .isEqualTo("svg");
    assertThat(svg).contains("kill-one", "data-0", "n2 in term 3");
  }

  @Test
  void skippedIsGreenButUnknownIsNot() {
    assertThat(run(CheckResult.skipped("fault", "no root")).verdict()).isEqualTo("GREEN");
    assertThat(run(CheckResult.unknown("check", "no time")).verdict()).isEqualTo("UNDECIDED");
    assertThat(run(CheckResult.failed("check", "lost")).verdict()).isEqualTo("RED");
  }

  @Test
  void theTextNamesEveryCheckAndTheCommand() {
    String text = run(CheckResult.skipped("fault deaf", "no root")).toText();
    assertThat(text).contains("SKIPPED fault deaf: no root", "faults: 1 {kill-one=1}");
    assertThat(text).contains("requests: 1 answered, 0 refused, 1 of unknown outcome");
    assertThat(text).endsWith("GREEN  ./raftwood torture --seed 1\n");
  }

  private static RunReport run(CheckResult check) {
    return new RunReport(
        "seed 1", "./raftwood torture --seed 1", List.of("fact"), List.of(check), timeline());
  }

  private static Timeline timeline() {
    Timeline timeline = new Timeline();
    timeline.operation("register", 0, timeline.now(), Timeline.End.DONE);
    timeline.operation("register", 1, timeline.now(), Timeline.End.UNKNOWN);
    timeline.fault("kill-one", "<n1>", timeline.now());
    timeline.leader("data-0", "n1", 2);
    timeline.leader("data-0", "n2", 3);
    return timeline;
  }
}
