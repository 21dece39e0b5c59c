package io.raftwood.cli;

import com.alibaba.fastjson2.JSON;
import com.alibaba.fastjson2.JSONObject;
import com.alibaba.fastjson2.JSONWriter;
import io.raftwood.cli.call.ShownBytes;
import java.io.PrintWriter;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code raftwood admin slowlog}. */
@Command(
    name = "slowlog",
    mixinStandardHelpOptions = true,
    description = {
      "Shows the newest requests that took log.slow-requests or longer, of all nodes together, the",
      "newest first. ANSWER is the time until the answer was known, TOTAL until the client had",
      "taken it. ID is what the request called itself (X-Request-Id), or one that it was given; the",
      "node's log has it too."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  raftwood admin slowlog",
      "  raftwood admin slowlog --node n2 --limit 100",
      "  raftwood admin slowlog -o json | jq '.[].total'",
      "",
      "Exit codes: 0 all nodes have answered, 1 none has, 2 usage, 3 some have not."
    })
final class SlowLogCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(names = "--node", paramLabel = "NODE", description = "Only this one.")
  private Optional<String> node = Optional.empty();

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "20",
      description = "At most so many lines; default ${DEFAULT-VALUE}. JSON has all that are kept.")
  private int limit;

  @Mixin private AskOptions options = new AskOptions();

  @Override
  public Integer call() {
    EachNode nodes = new EachNode(options);
    Map<String, JSONObject> answers =
        nodes.ask("GET", "/admin/slowlog", node, spec.commandLine().getErr());
    PrintWriter out = spec.commandLine().getOut();
    if (options.json()) {
      out.println(JSON.toJSONString(answers.values(), JSONWriter.Feature.PrettyFormat));
    } else {
      out.print(table(answers));
    }
    out.flush();
    return nodes.exitCode();
  }

  private TextTable table(Map<String, JSONObject> answers) {
    TextTable table =
        new TextTable(
            "BEGAN", "NODE", "OPERATION", "OUTCOME", "ANSWER", "TOTAL", "CLIENT", "ID", "TARGET");
    answers.entrySet().stream()
        .flatMap(answer -> lines(answer.getKey(), answer.getValue()).stream())
        .sorted(Comparator.comparing((Line line) -> line.request().getString("began")).reversed())
        .limit(limit)
        .forEach(line -> add(table, line));
    return table;
  }

  private static List<Line> lines(String node, JSONObject answer) {
    return answer.getJSONArray("requests").toList(JSONObject.class).stream()
        .map(request -> new Line(node, request))
        .toList();
  }

  private static void add(TextTable table, Line line) {
    JSONObject request = line.request();
    table.add(
        request.getString("began"),
        line.node(),
        request.getString("operation"),
        request.getString("outcome"),
        request.getLongValue("answerMillis") + " ms",
        request.getLongValue("totalMillis") + " ms",
        request.getString("client"),
        request.getString("id"),
        ShownBytes.escaped(request.getString("target")));
  }

  private record Line(String node, JSONObject request) {}
}
