package io.raftwood.cli;

import com.alibaba.fastjson2.JSON;
import com.alibaba.fastjson2.JSONObject;
import com.alibaba.fastjson2.JSONWriter;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code raftwood admin config show}. */
@Command(
    name = "config",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "The settings that nodes run with.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  raftwood admin config show             where nodes differ, a line for each value",
      "  raftwood admin config show n2          with the origin of each value",
      "  raftwood admin config show -o json | jq '.[].settings[] | select(.key == \"log.level\")'"
    })
final class AdminConfigCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing: show");
  }

  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      description = "The effective settings of all nodes, or of one; secrets masked.",
      footer = {"", "Exit codes: 0 all have answered, 1 none or no such node, 3 some have not."})
  int show(
      @Parameters(arity = "0..1", paramLabel = "NODE", description = "Only this one.")
          Optional<String> node,
      @Mixin AskOptions options) {
    PrintWriter out = spec.commandLine().getOut();
    EachNode nodes = new EachNode(options);
    Map<String, JSONObject> answers =
        nodes.ask("GET", "/admin/config", node, spec.commandLine().getErr());
    if (options.json()) {
      out.println(JSON.toJSONString(answers.values(), JSONWriter.Feature.PrettyFormat));
    } else if (node.isPresent()) {
      out.print(withOrigins(answers.values().iterator().next()));
    } else {
      SameOnNodes same = new SameOnNodes();
      answers.forEach((name, answer) -> same.add(name, values(answer)));
      out.print(same.table("SETTING", "VALUE"));
    }
    out.flush();
    return nodes.exitCode();
  }

  private static TextTable withOrigins(JSONObject answer) {
    TextTable table = new TextTable("SETTING", "VALUE", "ORIGIN");
    for (JSONObject setting : settings(answer)) {
      table.add(
          setting.getString("key"), shown(setting.getString("value")), setting.getString("origin"));
    }
    return table;
  }

  private static Map<String, String> values(JSONObject answer) {
    Map<String, String> values = new LinkedHashMap<>();
    settings(answer)
        .forEach(
            setting -> values.put(setting.getString("key"), shown(setting.getString("value"))));
    return values;
  }

  private static List<JSONObject> settings(JSONObject answer) {
    return answer.getList("settings", JSONObject.class);
  }

  private static String shown(String value) {
    return value.isEmpty() ? "-" : value;
  }
}
