package io.raftwood.cli.call;

import io.raftwood.server.config.ConfigException;
import io.raftwood.server.config.Endpoint;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Sends a request to the nodes in turn until one gives a definite answer. A request goes to the
 * next node when there is no connection, no answer, or one that may be another at another node or
 * later. A write goes there with the same idempotency key, so it is carried out once; that the
 * first one to arrive wins holds for refusals too, so a definite answer is the only one. For one
 * thread.
 */
final class CallClient {
  /** A node answers within ten seconds, by default, if it can. */
  private static final Duration ATTEMPT = Duration.ofSeconds(12);

  /** With less time left an attempt would only make the outcome of a write unknown. */
  private static final Duration ATTEMPT_MIN = Duration.ofMillis(500);

  private static final long PAUSE_MILLIS = 250;

  private static final String UNKNOWN = "outcome-unknown";
  private static final String DISK_FULL = "disk-full";
  private static final Set<String> PASSING =
      Set.of("no-quorum", "overloaded", "not-ready", UNKNOWN);

  private final HttpCall http;
  private final List<String> endpoints;
  private final Duration limit;
  private final Refusals refusals;

  /**
   * Asks {@code endpoints}.
   *
   * @param limit for each request in all
   * @param authorization the header of every request, if any
   * @param refusals knows what the refusals mean
   * @throws CallFailureException (usage) when one is not {@code host:port}
   */
  CallClient(
      List<String> endpoints, Duration limit, Optional<String> authorization, Refusals refusals) {
    this.http = new HttpCall(authorization);
    endpoints.forEach(CallClient::check);
    this.endpoints = List.copyOf(endpoints);
    this.limit = limit;
    this.refusals = refusals;
  }

  private static void check(String endpoint) {
    try {
      Endpoint.parse(endpoint);
    } catch (ConfigException e) {
      throw CallFailureException.usage("--endpoints: " + e.getMessage());
    }
  }

  /**
   * The answer that is a success: status 200 without {@code Error}; or one that shows two copies
   * that differ.
   *
   * @throws CallFailureException when there is none
   */
  CallReply send(CallRequest request) {
    long end = System.nanoTime() + limit.toNanos();
    Tries tries = new Tries(request);
    do {
      tries.newRound();
      for (String endpoint : endpoints) {
        if (enough(end) && tries.settledBy(endpoint, attempt(end))) {
          return tries.reply();
        }
      }
    } while (tries.worthAnotherRound() && enough(end) && pause() && enough(end));
    throw tries.failure();
  }

  private static boolean enough(long end) {
    return end - System.nanoTime() >= ATTEMPT_MIN.toNanos();
  }

  private static Duration attempt(long end) {
    return Duration.ofNanos(Math.min(end - System.nanoTime(), ATTEMPT.toNanos()));
  }

  private static boolean pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** What became of a request so far. */
  private final class Tries {
    private final CallRequest request;
    private final Map<String, String> reasons = new LinkedHashMap<>();
    private CallReply reply;
    private boolean somebodyThere;
    private boolean mayBeDone;

    Tries(CallRequest request) {
      this.request = request;
    }

    void newRound() {
      somebodyThere = false;
    }

    /** Asks once; whether the answer is definite. */
    boolean settledBy(String endpoint, Duration attempt) {
      try {
        reply = http.send(endpoint, request, attempt);
        somebodyThere = true;
        mayBeDone |= reply.error().equals(UNKNOWN);
        reasons.put(endpoint, reply.error());
        return !PASSING.contains(reply.error()) && !(mayBeDone && isDiskFull());
      } catch (NotSentException e) {
        reasons.put(endpoint, reason((IOException) e.getCause()));
      } catch (IOException e) {
        somebodyThere = true;
        mayBeDone |= request.idempotencyKey().isPresent();
        reasons.put(endpoint, reason(e));
      }
      return false;
    }

    /** Where nobody listens a moment later nobody does. */
    boolean worthAnotherRound() {
      return somebodyThere || mayBeDone;
    }

    CallReply reply() {
      if (reply.status() == 200 && reply.error().isEmpty() || reply.diverged()) {
        return reply;
      }
      throw isDiskFull() ? Silence.diskFull(request, reply) : refusals.of(request, reply);
    }

    /** Said before anybody looks whether the key was used: it settles no earlier attempt. */
    private boolean isDiskFull() {
      return reply.error().equals(DISK_FULL);
    }

    CallFailureException failure() {
      String all =
          reasons.entrySet().stream()
              .map(entry -> "\n  " + entry.getKey() + ": " + entry.getValue())
              .collect(Collectors.joining());
      return mayBeDone
          ? Silence.unknown(request, all)
          : Silence.unavailable(request, all, somebodyThere);
    }

    private static String reason(IOException e) {
      if (e instanceof UnknownHostException) {
        return "unknown host";
      }
      if (e instanceof SocketTimeoutException || e.getMessage() == null) {
        return "no answer";
      }
      return e.getMessage();
    }
  }
}
