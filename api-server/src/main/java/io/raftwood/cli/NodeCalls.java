package io.raftwood.cli;

import java.io.IOException;
import java.util.Optional;
import java.util.Set;

/**
 * Asks nodes in turn until one gives an answer that another one would give, too. For one thread.
 */
final class NodeCalls {
  private static final int OK = 200;

  /** What every node would say alike. */
  private static final Set<Integer> DEFINITE = Set.of(400, 401, 403, 409);

  private final NodeClient client = new NodeClient();
  private final AskOptions options;
  private Optional<String> authorization;

  /** Asks whom {@code options} name. */
  NodeCalls(AskOptions options) {
    this.options = options;
    this.authorization = options.authorization();
  }

  /** From now on asks as the user of {@code header}, unless the options name one. */
  void asIfUnnamed(String header) {
    authorization = authorization.or(() -> Optional.of(header));
  }

  /**
   * The body of the first 200.
   *
   * @param body empty = none
   * @throws CommandFailedException when there is none
   */
  String ask(String method, String path, byte[] body) {
    StringBuilder refusals = new StringBuilder();
    for (String endpoint : options.endpoints()) {
      try {
        NodeClient.Answer answer =
            client.ask(
                new NodeClient.Request(method, path, authorization, body),
                endpoint,
                options.timeout());
        if (answer.status() == OK) {
          return answer.body();
        }
        if (DEFINITE.contains(answer.status()) || isAbsence(answer)) {
          throw new CommandFailedException(
              exitCode(answer), endpoint + ": HTTP " + answer.status() + " " + advice(answer));
        }
        refusals.append("\n  ").append(endpoint).append(": HTTP ").append(answer.status());
        answer.body().lines().limit(1).forEach(line -> refusals.append(' ').append(line));
      } catch (IllegalArgumentException e) {
        throw new CommandFailedException(
            picocli.CommandLine.ExitCode.USAGE, "--endpoints: '" + endpoint + "' is not host:port");
      } catch (IOException e) {
        refusals.append("\n  ").append(endpoint).append(": ").append(reason(e));
      }
    }
    throw new CommandFailedException(ExitCode.UNAVAILABLE, "no node answered:" + refusals);
  }

  private static boolean isAbsence(NodeClient.Answer answer) {
    return answer.error().startsWith("no-such-");
  }

  private static int exitCode(NodeClient.Answer answer) {
    return answer.error().startsWith("change-") ? ExitCode.CONFLICT : ExitCode.FAILED;
  }

  private static String advice(NodeClient.Answer answer) {
    switch (answer.status()) {
      case 401:
        return answer.error() + ": name and password are missing or wrong: see --user";
      case 403:
        return answer.error() + ": the user lacks a role";
      default:
        return answer.error();
    }
  }

  private static String reason(IOException e) {
    return e.getMessage() == null ? "cannot be reached" : e.getMessage();
  }
}
