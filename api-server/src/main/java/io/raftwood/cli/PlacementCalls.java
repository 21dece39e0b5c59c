package io.raftwood.cli;

import com.alibaba.fastjson2.JSON;
import com.alibaba.fastjson2.JSONArray;
import com.alibaba.fastjson2.JSONException;
import com.alibaba.fastjson2.JSONObject;
import io.raftwood.cli.call.CallStreams;
import java.io.PrintWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;

/** Asks for changes of nodes and placement, prints what is wished, and follows them. */
final class PlacementCalls {
  private static final byte[] NO_BODY = new byte[0];
  private static final Duration POLL = Duration.ofMillis(500);
  private static final int CALM_POLLS = 2;

  private final CallStreams streams;
  private final CommandSpec spec;
  private final AskOptions options;
  private final NodeCalls calls;

  /** Asks whom {@code options} name, for the command of {@code spec}. */
  PlacementCalls(CallStreams streams, CommandSpec spec, AskOptions options) {
    this.streams = streams;
    this.spec = spec;
    this.options = options;
    this.calls = new NodeCalls(options);
  }

  /** {@code name=value} of a query, with {@code value} encoded. */
  static String parameter(String name, String value) {
    return name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** Asks for a change and prints it; the exit code. */
  int change(String path, byte[] body, WaitOptions wait) {
    return change(path, body, wait, this::unsettled);
  }

  /** The same; {@code open} says what is still to be done, nothing when all is. */
  int change(String path, byte[] body, WaitOptions wait, Supplier<List<String>> open) {
    String answer = calls.ask("POST", path, body);
    if (options.json()) {
      out().println(answer.strip());
    } else {
      print(JSON.parseObject(answer));
    }
    out().flush();
    if (wait.wanted()) {
      follow(wait.limit(), open);
    }
    return ExitCode.OK;
  }

  private void print(JSONObject answer) {
    List<JSONObject> groups = objects(answer.getJSONArray("groups"));
    out().println("accepted, epoch " + answer.getLongValue("epoch"));
    for (JSONObject group : groups) {
      out().println("  " + group.getString("name") + ": " + names(group, "voters"));
    }
  }

  /** Polls until nothing is open, twice in a row: reports are up to half a second old. */
  private void follow(Duration limit, Supplier<List<String>> open) {
    long deadline = System.nanoTime() + limit.toNanos();
    boolean terminal = streams.errTerminal().getAsBoolean();
    int calm = 0;
    while (calm < CALM_POLLS) {
      List<String> left = openNow(open);
      calm = left.isEmpty() ? calm + 1 : 0;
      if (System.nanoTime() - deadline > 0) {
        throw new CommandFailedException(
            ExitCode.UNAVAILABLE,
            "not done after "
                + limit.toSeconds()
                + " s; it goes on by itself. Open: "
                + String.join(", ", left));
      }
      if (terminal) {
        progress(left);
      }
      if (calm < CALM_POLLS) {
        DevProcesses.pause(POLL);
      }
    }
    if (terminal) {
      spec.commandLine().getErr().print("\r\033[K");
      spec.commandLine().getErr().flush();
    }
    if (!options.json()) {
      out().println("done");
      out().flush();
    }
  }

  private void progress(List<String> left) {
    spec.commandLine().getErr().print("\r\033[Kwaits for " + String.join(", ", left));
    spec.commandLine().getErr().flush();
  }

  /** Leaders change while this is asked: a node that cannot answer now is asked again. */
  private static List<String> openNow(Supplier<List<String>> open) {
    try {
      return open.get();
    } catch (CommandFailedException e) {
      return List.of("an answer");
    }
  }

  /** The groups that are not as wanted. */
  List<String> unsettled() {
    List<String> open = new ArrayList<>();
    for (JSONObject group : list("/admin/groups")) {
      if (!group.getBooleanValue("settled")) {
        open.add(group.getString("name"));
      }
    }
    return open;
  }

  /** The groups that their first voter does not lead. */
  List<String> notLedByTheirFirst() {
    List<String> open = unsettled();
    for (JSONObject group : list("/admin/groups")) {
      String first = group.getJSONObject("wanted").getJSONArray("voters").getString(0);
      if (!first.equals(group.getString("leader"))) {
        open.add(group.getString("name") + " led by " + first);
      }
    }
    return open;
  }

  /** {@code group}, while {@code node} does not lead it. */
  List<String> notLedBy(String group, String node) {
    return list("/admin/groups?" + parameter("group", group)).stream()
        .filter(found -> !node.equals(found.getString("leader")))
        .map(found -> group + " led by " + node)
        .toList();
  }

  /** {@code name}, while the cluster lists it. */
  List<String> listed(String name) {
    return list("/admin/nodes").stream()
        .map(node -> node.getString("name"))
        .filter(name::equals)
        .map(node -> "node " + node + " to leave")
        .toList();
  }

  /** The objects of the array at {@code path}. */
  List<JSONObject> list(String path) {
    try {
      return objects(JSON.parseArray(calls.ask("GET", path, NO_BODY)));
    } catch (JSONException e) {
      throw new CommandFailedException(ExitCode.FAILED, "the node's answer is not JSON: " + e);
    }
  }

  /** Prints the answer of {@code path} as it is, if JSON is wanted; whether it did. */
  boolean printedAsIs(String method, String path) {
    if (options.json()) {
      out().println(calls.ask(method, path, NO_BODY).strip());
      out().flush();
    }
    return options.json();
  }

  /** The objects of the array that {@code method} of {@code path} answers. */
  List<JSONObject> ask(String method, String path) {
    return objects(JSON.parseArray(calls.ask(method, path, NO_BODY)));
  }

  /** The body that {@code path} answers. */
  String text(String path) {
    return calls.ask("GET", path, NO_BODY);
  }

  /** Prints {@code table}. */
  void print(TextTable table) {
    out().print(table);
    out().flush();
  }

  /** The names in {@code object}'s array {@code key}, a hyphen if there are none. */
  static String names(JSONObject object, String key) {
    JSONArray names = object == null ? null : object.getJSONArray(key);
    return names == null || names.isEmpty() ? "-" : String.join(",", names.toList(String.class));
  }

  private static List<JSONObject> objects(JSONArray array) {
    return array == null ? List.of() : array.toList(JSONObject.class);
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}
