package io.raftwood.server.http;

import io.raftwood.bytes.Bytes;
import io.raftwood.cache.CacheResult;

/** What the endpoints of the cache say to each result of the store. Stateless. */
final class CacheReply implements CacheResult.Handler<Reply> {
  @Override
  public Reply done(CacheResult.Done result) {
    return Reply.of(Outcome.OK);
  }

  @Override
  public Reply absent(CacheResult.Absent result) {
    return Reply.of(Outcome.NOT_FOUND);
  }

  @Override
  public Reply wrongKind(CacheResult.WrongKind result) {
    return Reply.of(Outcome.WRONG_KIND);
  }

  @Override
  public Reply notANumber(CacheResult.NotANumber result) {
    return Reply.of(Outcome.NOT_A_NUMBER);
  }

  @Override
  public Reply outOfRange(CacheResult.OutOfRange result) {
    return Reply.of(Outcome.OUT_OF_RANGE);
  }

  @Override
  public Reply noExpiry(CacheResult.NoExpiry result) {
    return Reply.of(Outcome.NO_EXPIRY);
  }

  @Override
  public Reply tooLarge(CacheResult.TooLarge result) {
    return Reply.of(Outcome.TOO_LONG, "val");
  }

  @Override
  public Reply found(CacheResult.Found result) {
    return Reply.of(Outcome.OK).with(result.value());
  }

  @Override
  public Reply timeLeft(CacheResult.TimeLeft result) {
    return Reply.of(Outcome.OK).with(Bytes.utf8(Long.toString(result.seconds())));
  }

  @Override
  public Reply number(CacheResult.Number result) {
    return Reply.of(Outcome.OK).with(result.text());
  }

  @Override
  public Reply removed(CacheResult.Removed result) {
    throw notForClients(result);
  }

  @Override
  public Reply figures(CacheResult.Figures result) {
    throw notForClients(result);
  }

  private static IllegalStateException notForClients(CacheResult result) {
    return new IllegalStateException("no endpoint asks for it: " + result);
  }
}
