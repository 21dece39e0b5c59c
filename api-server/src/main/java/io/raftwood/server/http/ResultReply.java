package io.raftwood.server.http;

import io.raftwood.bytes.Bytes;
import io.raftwood.kv.KvResult;

/** What the endpoints for records say to each result of the store. Stateless. */
final class ResultReply implements KvResult.Handler<Reply> {
  @Override
  public Reply stored(KvResult.Stored result) {
    return Reply.version(Outcome.OK, result.version());
  }

  @Override
  public Reply deleted(KvResult.Deleted result) {
    return Reply.version(Outcome.OK, result.version());
  }

  @Override
  public Reply absent(KvResult.Absent result) {
    return Reply.of(Outcome.NOT_FOUND);
  }

  @Override
  public Reply versionMismatch(KvResult.VersionMismatch result) {
    return Reply.version(Outcome.VERSION_CONFLICT, result.current());
  }

  @Override
  public Reply found(KvResult.Found result) {
    return Reply.version(Outcome.OK, result.version()).with(result.value());
  }

  @Override
  public Reply exists(KvResult.Exists result) {
    return Reply.version(Outcome.OK, result.version());
  }

  @Override
  public Reply wrongKind(KvResult.WrongKind result) {
    return Reply.of(Outcome.WRONG_KIND);
  }

  @Override
  public Reply notANumber(KvResult.NotANumber result) {
    return Reply.of(Outcome.NOT_A_NUMBER);
  }

  @Override
  public Reply outOfRange(KvResult.OutOfRange result) {
    return Reply.of(Outcome.OUT_OF_RANGE);
  }

  @Override
  public Reply incremented(KvResult.Incremented result) {
    Bytes number = Bytes.utf8(Long.toString(result.number()));
    return Reply.version(Outcome.OK, result.version()).with(number);
  }

  @Override
  public Reply page(KvResult.Page result) {
    return Reply.listing(result.records().size(), ListingJson.ofTable(result.records()));
  }

  @Override
  public Reply pageTooLarge(KvResult.PageTooLarge result) {
    return Reply.of(Outcome.PAGE_TOO_LARGE);
  }

  @Override
  public Reply purged(KvResult.Purged result) {
    throw notForClients(result);
  }

  @Override
  public Reply observed(KvResult.Observed result) {
    throw notForClients(result);
  }

  @Override
  public Reply totals(KvResult.Totals result) {
    throw notForClients(result);
  }

  @Override
  public Reply tables(KvResult.Tables result) {
    throw notForClients(result);
  }

  private static IllegalStateException notForClients(KvResult result) {
    return new IllegalStateException("no endpoint for records asks for it: " + result);
  }
}
