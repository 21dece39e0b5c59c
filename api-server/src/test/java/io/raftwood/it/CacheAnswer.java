package io.raftwood.it;

import io.raftwood.bytes.Bytes;
import io.raftwood.cache.CacheResult;

/** What should come from the cache, in default mode: our {@code Error} tokens, no versions. */
final class CacheAnswer implements CacheResult.Handler<HustdbAnswer> {
  private final boolean write;

  private CacheAnswer(boolean write) {
    this.write = write;
  }

  /** For {@code result} of a command. */
  static HustdbAnswer ofCommand(CacheResult result) {
    return result.dispatch(new CacheAnswer(true));
  }

  /** For {@code result} of a query. */
  static HustdbAnswer ofQuery(CacheResult result) {
    return result.dispatch(new CacheAnswer(false));
  }

  private HustdbAnswer refused(String error) {
    return write
        ? HustdbAnswer.plain(404, "", "error", error)
        : HustdbAnswer.plain(404, "", "version", "0", "error", error);
  }

  private static HustdbAnswer ok(Bytes body) {
    return HustdbAnswer.plain(200, HustdbAnswer.latin(body.toArray()));
  }

  @Override
  public HustdbAnswer done(CacheResult.Done result) {
    return ok(Bytes.EMPTY);
  }

  @Override
  public HustdbAnswer absent(CacheResult.Absent result) {
    return refused("not-found");
  }

  @Override
  public HustdbAnswer wrongKind(CacheResult.WrongKind result) {
    return refused("wrong-kind");
  }

  @Override
  public HustdbAnswer notANumber(CacheResult.NotANumber result) {
    return refused("not-a-number");
  }

  @Override
  public HustdbAnswer outOfRange(CacheResult.OutOfRange result) {
    return refused("out-of-range");
  }

  @Override
  public HustdbAnswer noExpiry(CacheResult.NoExpiry result) {
    return refused("no-expiry");
  }

  @Override
  public HustdbAnswer tooLarge(CacheResult.TooLarge result) {
    return refused("too-long:val");
  }

  @Override
  public HustdbAnswer found(CacheResult.Found result) {
    return ok(result.value());
  }

  @Override
  public HustdbAnswer timeLeft(CacheResult.TimeLeft result) {
    return ok(Bytes.utf8(Long.toString(result.seconds())));
  }

  @Override
  public HustdbAnswer number(CacheResult.Number result) {
    return ok(result.text());
  }

  @Override
  public HustdbAnswer removed(CacheResult.Removed result) {
    throw new IllegalArgumentException("no client asks for it: " + result);
  }

  @Override
  public HustdbAnswer figures(CacheResult.Figures result) {
    throw new IllegalArgumentException("no client asks for it: " + result);
  }
}
