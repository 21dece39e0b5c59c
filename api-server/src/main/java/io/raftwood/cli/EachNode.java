package io.raftwood.cli;

import com.alibaba.fastjson2.JSON;
import com.alibaba.fastjson2.JSONObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Asks every node of a cluster, or one, for what only that node can say. For one thread. */
final class EachNode {
  private static final int OK = 200;
  private static final byte[] NO_BODY = new byte[0];

  private final AskOptions options;
  private final NodeClient client = new NodeClient();
  private boolean complete = true;

  /** Asks as {@code options} say; their endpoints only tell which nodes there are. */
  EachNode(AskOptions options) {
    this.options = options;
  }

  /**
   * The answers by node, in the cluster's order. Who gives none is named on {@code err}.
   *
   * @param only the one node to ask; empty = all
   * @throws CommandFailedException when there is no such node, or all refuse
   */
  Map<String, JSONObject> ask(String method, String path, Optional<String> only, PrintWriter err) {
    Map<String, JSONObject> answers = new LinkedHashMap<>();
    List<String> failures = new ArrayList<>();
    addresses(only)
        .forEach(
            (name, address) -> {
              try {
                NodeClient.Answer answer =
                    client.ask(
                        new NodeClient.Request(method, path, options.authorization(), NO_BODY),
                        address,
                        options.timeout());
                if (answer.status() == OK) {
                  answers.put(name, JSON.parseObject(answer.body()));
                } else {
                  failures.add(name + ": HTTP " + answer.status() + " " + answer.error());
                }
              } catch (IOException e) {
                failures.add(name + " (" + address + ") does not answer");
              }
            });
    if (answers.isEmpty()) {
      throw new CommandFailedException(ExitCode.FAILED, String.join("; ", failures));
    }
    failures.forEach(failure -> err.println("raftwood: " + failure));
    err.flush();
    complete = failures.isEmpty();
    return answers;
  }

  /** 0 when everybody answered. */
  int exitCode() {
    return complete ? ExitCode.OK : ExitCode.UNAVAILABLE;
  }

  private Map<String, String> addresses(Optional<String> only) {
    Map<String, String> addresses = new LinkedHashMap<>();
    String nodes = new NodeCalls(options).ask("GET", "/admin/nodes", NO_BODY);
    for (JSONObject node : JSON.parseArray(nodes).toList(JSONObject.class)) {
      if (only.isEmpty() || only.get().equals(node.getString("name"))) {
        addresses.put(node.getString("name"), node.getString("http"));
      }
    }
    if (addresses.isEmpty()) {
      throw new CommandFailedException(
          ExitCode.FAILED, "the cluster has no node " + only.orElse(""));
    }
    return addresses;
  }
}
