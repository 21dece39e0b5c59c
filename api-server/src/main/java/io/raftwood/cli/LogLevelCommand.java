package io.raftwood.cli;

import com.alibaba.fastjson2.JSON;
import com.alibaba.fastjson2.JSONObject;
import com.alibaba.fastjson2.JSONWriter;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code raftwood admin log-level}. */
@Command(
    name = "log-level",
    mixinStandardHelpOptions = true,
    description = {
      "Changes how much running nodes log, until they are restarted; log.level in the",
      "configuration is what lasts. Without LEVEL: which loggers have a level of their own."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  raftwood admin log-level",
      "  raftwood admin log-level debug --node n2",
      "  raftwood admin log-level io.raftwood.membership trace",
      "  raftwood admin log-level io.raftwood.membership default     as configured",
      "",
      "Exit codes: 0 all have done it, 1 none has, 2 usage, 3 some have not."
    })
final class LogLevelCommand implements Callable<Integer> {
  private static final List<String> LEVELS =
      List.of("trace", "debug", "info", "warn", "error", "off", "default");

  @Spec private CommandSpec spec;

  @Parameters(
      arity = "0..2",
      paramLabel = "[LOGGER] LEVEL",
      hideParamSyntax = true,
      description = {
        "LOGGER: a package or a class; without it: root, that is all without a level of their own.",
        "LEVEL: trace, debug, info, warn, error, off; default = as configured."
      })
  private List<String> words = List.of();

  @Option(names = "--node", paramLabel = "NODE", description = "Only this one.")
  private Optional<String> node = Optional.empty();

  @Mixin private AskOptions options = new AskOptions();

  @Override
  public Integer call() {
    EachNode nodes = new EachNode(options);
    PrintWriter err = spec.commandLine().getErr();
    Map<String, JSONObject> answers =
        words.isEmpty()
            ? nodes.ask("GET", "/admin/log-levels", node, err)
            : nodes.ask("POST", "/admin/log-level?" + change(), node, err);
    PrintWriter out = spec.commandLine().getOut();
    if (options.json()) {
      out.println(JSON.toJSONString(answers.values(), JSONWriter.Feature.PrettyFormat));
    } else {
      SameOnNodes same = new SameOnNodes();
      answers.forEach((name, answer) -> same.add(name, levels(answer)));
      out.print(same.table("LOGGER", "LEVEL"));
    }
    out.flush();
    return nodes.exitCode();
  }

  private String change() {
    String level = words.get(words.size() - 1).toLowerCase(Locale.ROOT);
    if (!LEVELS.contains(level)) {
      throw new ParameterException(
          spec.commandLine(), "'" + level + "' is no level: " + String.join(", ", LEVELS));
    }
    String query = PlacementCalls.parameter("level", level);
    return words.size() == 1
        ? query
        : query + "&" + PlacementCalls.parameter("logger", words.get(0));
  }

  private static Map<String, String> levels(JSONObject answer) {
    Map<String, String> levels = new TreeMap<>();
    answer.getJSONObject("levels").forEach((name, level) -> levels.put(name, level.toString()));
    return levels;
  }
}
