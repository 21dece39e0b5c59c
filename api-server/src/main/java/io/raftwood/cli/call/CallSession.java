package io.raftwood.cli.call;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * One command: sends its requests and prints what comes of them. Methods throw {@link
 * CallFailureException}. For one thread.
 */
public final class CallSession {
  private static final String STALE =
      "raftwood: warning: no leader answered in time: a replica did, and may miss recent writes;"
          + " 'raftwood admin status' shows who leads what";

  private final CallClient client;
  private final Map<String, CallClient> single = new HashMap<>();
  private final Function<String, CallClient> toOne;
  private final Results results;
  private final PrintWriter err;
  private final Duration limit;
  private boolean warned;

  /**
   * With what {@code options} ask for.
   *
   * @param err where warnings go
   */
  public CallSession(CallOptions options, CallStreams streams, PrintWriter err, Refusals refusals) {
    boolean terminal = streams.terminal().getAsBoolean();
    this.limit = Duration.ofSeconds(options.timeoutSeconds());
    Optional<String> authorization = options.authorization();
    this.client = new CallClient(options.endpoints(), limit, authorization, refusals);
    this.toOne = node -> new CallClient(List.of(node), limit, authorization, refusals);
    this.results = new Results(streams.out(), options.output(terminal), terminal);
    this.err = err;
  }

  private CallSession(CallSession like, Function<String, CallClient> toOne, CallClient client) {
    this.client = client;
    this.toOne = toOne;
    this.results = like.results;
    this.err = like.err;
    this.limit = like.limit;
  }

  /** The same command's requests to another cluster. */
  public CallSession to(List<String> endpoints, Optional<String> authorization, Refusals refusals) {
    return new CallSession(
        this,
        node -> new CallClient(List.of(node), limit, authorization, refusals),
        new CallClient(endpoints, limit, authorization, refusals));
  }

  /** The answer that is a success; says so if it is stale. */
  public CallReply send(CallRequest request) {
    CallReply reply = client.send(request);
    if (reply.stale() && !warned) {
      warn(STALE);
      warned = true;
    }
    return reply;
  }

  /** As {@link #send}, asked of one node alone: {@code host:port}. */
  public CallReply sendTo(String endpoint, CallRequest request) {
    return single.computeIfAbsent(endpoint, toOne).send(request);
  }

  /** Says {@code line} beside the results. */
  public void warn(String line) {
    err.println(line);
  }

  /** Prints the one result of a command, of which raw form shows {@code main} alone. */
  public void one(List<Cell> row, Cell main) {
    results.one(row, main);
  }

  /** Prints that there is nothing, of which raw form says nothing. */
  public void absent(List<Cell> row) {
    results.absent(row);
  }

  /** Prints a row; {@link #end} must follow the last one. */
  public void row(List<Cell> row) {
    results.row(row);
  }

  /** Prints a line, whatever form is wanted; {@link #end} must follow the last one. */
  public void line(String text) {
    results.line(text);
  }

  /** All rows so far are to be seen. */
  public void end() {
    results.flush();
  }
}
