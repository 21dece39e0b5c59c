package io.raftwood.server.http;

import io.raftwood.bytes.Bytes;
import io.raftwood.raft.Bundle;
import io.raftwood.raft.Deadline;
import io.raftwood.server.http.slow.SlowRequest;
import io.undertow.server.ExchangeCompletionListener;
import io.undertow.server.HttpServerExchange;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.xnio.IoUtils;

/**
 * One request from the end of its headers until its answer is taken. Confined to the I/O thread of
 * its connection.
 */
final class OpenRequest implements Runnable, Call, BodyReader.Sink, ExchangeCompletionListener {
  /** The store answers by the deadline; this much later we answer without it. */
  private static final long STORE_GRACE_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** From this status on an answer tells the request's id. */
  private static final int FAULTS = 500;

  private enum Phase {
    CHECKING,
    READING,
    ASKING,
    WRITING,
    DONE
  }

  /** Links of {@link OpenRequests}. */
  OpenRequest previous;

  /** Links of {@link OpenRequests}. */
  OpenRequest next;

  private final HttpServerExchange exchange;
  private final HttpEdge edge;
  private final OpenRequests siblings;
  private final Executor executor;
  private final RequestId id;
  private final long startNanos = System.nanoTime();
  private Phase phase = Phase.CHECKING;
  private Route route = Route.none(Outcome.MALFORMED_REQUEST);
  private RawQuery query;
  private BodyReader reader;
  private Bytes body = Bytes.EMPTY;
  private Outcome outcome = Outcome.INTERNAL_FAULT;
  private long writeStartNanos;

  /** Takes over {@code exchange}. */
  OpenRequest(
      HttpServerExchange exchange, HttpEdge edge, OpenRequests siblings, Executor executor) {
    this.exchange = exchange;
    this.edge = edge;
    this.siblings = siblings;
    this.executor = executor;
    this.id = RequestId.of(exchange.getRequestHeaders());
    siblings.add(this);
    exchange.addExchangeCompleteListener(this);
  }

  @Override
  public void run() {
    try {
      begin();
    } catch (RuntimeException e) {
      answer(ErrorMapper.reply(e, id));
    }
  }

  private void begin() {
    Optional<Outcome> refusal = RequestHead.refusal(exchange);
    Optional<RequestTarget> target =
        RequestTarget.parse(
            RequestLineConduit.revealed(exchange.getRequestURI()),
            RequestLineConduit.revealed(exchange.getQueryString()));
    if (refusal.isPresent() || target.isEmpty()) {
      answer(Reply.of(refusal.orElse(Outcome.MALFORMED_REQUEST)));
      return;
    }
    query = target.get().query();
    route = route(target.get().path());
    CompletableFuture<Reply> verdict = edge.access().verdict(route.access(), exchange, id);
    if (verdict.isDone()) {
      judged(verdict.join());
    } else {
      verdict.thenAccept(reply -> executor.execute(() -> judged(reply)));
    }
  }

  /** A request that is not admitted is read to its end, so that its connection stays usable. */
  private void judged(Reply verdict) {
    if (phase != Phase.CHECKING) {
      return;
    }
    if (verdict.outcome() != Outcome.OK) {
      route = route.refusing(verdict);
    }
    phase = Phase.READING;
    reader =
        new BodyReader(
            exchange,
            route.bodyBytesMax(edge.settings().limits()),
            edge.budget(),
            route.takesBody(),
            this);
    reader.start();
  }

  private Route route(String path) {
    if (RequestHead.refusesMethod(exchange)) {
      return Route.none(Outcome.METHOD_NOT_ALLOWED);
    }
    Route found = edge.routes().find(path);
    return found.allows(exchange.getRequestMethod().toString()) ? found : found.refused();
  }

  @Override
  public void bodyComplete(Bytes whole) {
    if (phase != Phase.READING) {
      return;
    }
    body = whole;
    phase = Phase.ASKING;
    try {
      route.handler().accept(this);
    } catch (RuntimeException e) {
      answer(ErrorMapper.reply(e, id));
    }
  }

  @Override
  public void bodyRefused(Outcome why) {
    answer(Reply.of(why));
  }

  @Override
  public RawQuery query() {
    return query;
  }

  @Override
  public Bytes body() {
    return body;
  }

  @Override
  public Optional<String> header(String name) {
    return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name));
  }

  @Override
  public Deadline deadline() {
    return new Deadline(startNanos + edge.settings().timeouts().request().toNanos());
  }

  @Override
  public Executor executor() {
    return executor;
  }

  @Override
  public Optional<Bundle> bundle() {
    return Optional.empty();
  }

  @Override
  public CompletableFuture<Reply> verdict(Access access) {
    return edge.access().verdict(access, exchange, id);
  }

  @Override
  public <T> void answerWhen(CompletionStage<T> stage, Function<T, Reply> toReply) {
    stage.handle(
        (value, failure) -> {
          Reply reply = failure == null ? replyOf(value, toReply) : ErrorMapper.reply(failure, id);
          if (exchange.isInIoThread()) {
            answer(reply);
          } else {
            executor.execute(() -> answer(reply));
          }
          return null;
        });
  }

  private <T> Reply replyOf(T value, Function<T, Reply> toReply) {
    try {
      return toReply.apply(value);
    } catch (RuntimeException e) {
      return ErrorMapper.reply(e, id);
    }
  }

  @Override
  public void answer(Reply reply) {
    if (phase == Phase.WRITING || phase == Phase.DONE) {
      return;
    }
    phase = Phase.WRITING;
    writeStartNanos = System.nanoTime();
    outcome = reply.outcome();
    OutcomeRow row = edge.table().row(route.family(), outcome);
    if (row.aborts()) {
      abort();
      return;
    }
    if (row.close() || edge.draining().get()) {
      exchange.setPersistent(false);
    }
    if (tellsId(row.status())) {
      exchange.getResponseHeaders().put(RequestId.HEADER, id.text());
    }
    edge.responder().send(exchange, row, reply);
  }

  /**
   * Ordinary answers do without: the contracts know no such header, and what an answer says must
   * not depend on how long it took.
   */
  private boolean tellsId(int status) {
    return id.isGiven() || status >= FAULTS || outcome == Outcome.INTERNAL_FAULT;
  }

  /** Ends the request if its time is over. */
  void checkTime(long now) {
    HttpTimeouts timeouts = edge.settings().timeouts();
    long sinceStart = now - startNanos;
    switch (phase) {
      case CHECKING:
        if (over(sinceStart, timeouts.request())) {
          answer(Reply.of(Outcome.OVERLOADED));
        }
        break;
      case READING:
        if (over(sinceStart, timeouts.request())
            || over(now - reader.lastByteNanos(), timeouts.stall())) {
          answer(Reply.of(Outcome.REQUEST_TIMEOUT));
        }
        break;
      case ASKING:
        if (over(sinceStart - STORE_GRACE_NANOS, timeouts.request())) {
          answer(Reply.of(route.takenTooLong()));
        }
        break;
      case WRITING:
        boolean lingers = !exchange.isRequestComplete();
        if (over(now - writeStartNanos, lingers ? timeouts.linger() : timeouts.write())) {
          abort();
        }
        break;
      default:
        break;
    }
  }

  private static boolean over(long nanos, Duration limit) {
    return nanos > limit.toNanos();
  }

  private void abort() {
    IoUtils.safeClose(exchange.getConnection());
    finish();
  }

  @Override
  public void exchangeEvent(HttpServerExchange completed, NextListener nextListener) {
    finish();
    RequestLineConduit.expectRequest(completed);
    nextListener.proceed();
  }

  private void finish() {
    if (phase == Phase.DONE) {
      return;
    }
    phase = Phase.DONE;
    siblings.remove(this);
    if (reader != null) {
      reader.release();
    }
    long nanos = System.nanoTime() - startNanos;
    edge.metrics().answered(route.operation(), outcome, nanos);
    if (edge.slow().isSlow(nanos)) {
      edge.slow().add(slow(nanos));
    }
  }

  private SlowRequest slow(long nanos) {
    String query = exchange.getQueryString();
    String target = exchange.getRequestURI() + (query.isEmpty() ? "" : "?" + query);
    return new SlowRequest(
        id.text(),
        Instant.now().minusNanos(nanos).truncatedTo(ChronoUnit.MILLIS),
        route.operation(),
        RequestLineConduit.revealed(target),
        client(),
        outcome.token(),
        TimeUnit.NANOSECONDS.toMillis(answeredAfter(nanos)),
        TimeUnit.NANOSECONDS.toMillis(nanos));
  }

  /** Empty when the connection was closed meanwhile. */
  private String client() {
    return Optional.ofNullable(exchange.getSourceAddress())
        .map(InetSocketAddress::getHostString)
        .orElse("");
  }

  /** When the answer was known; a client that left before there was one counts as the end. */
  private long answeredAfter(long nanos) {
    return writeStartNanos == 0 ? nanos : writeStartNanos - startNanos;
  }
}
