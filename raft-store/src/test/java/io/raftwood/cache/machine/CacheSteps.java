package io.raftwood.cache.machine;

import io.raftwood.bytes.Bytes;
import io.raftwood.cache.CacheCommand;
import io.raftwood.cache.CacheId;
import io.raftwood.cache.CacheQuery;
import java.util.SplittableRandom;

/** Random commands and queries on few names, so that they meet. */
final class CacheSteps {
  private static final String[] NUMBERS = {
    "0", "1", "-7", "9223372036854775807", "1.5", "0.1", "-0.00000000000000001", "1e20", "x", " 1"
  };

  private final SplittableRandom random;

  CacheSteps(SplittableRandom random) {
    this.random = random;
  }

  private Bytes name() {
    return Bytes.utf8("n" + random.nextInt(12));
  }

  private CacheId field() {
    return CacheId.field(name(), Bytes.utf8("f" + random.nextInt(6)));
  }

  private CacheId id() {
    return random.nextBoolean() ? CacheId.key(name()) : field();
  }

  private Bytes value() {
    return random.nextInt(3) > 0
        ? Bytes.utf8(NUMBERS[random.nextInt(NUMBERS.length)])
        : Bytes.wrap(new byte[1 + random.nextInt(200)]);
  }

  CacheCommand command() {
    switch (random.nextInt(12)) {
      case 0:
      case 1:
        return new CacheCommand.Put(CacheId.key(name()), value(), random.nextInt(4));
      case 2:
      case 3:
      case 4:
        return new CacheCommand.Put(field(), value(), 0);
      case 5:
        return new CacheCommand.Append(name(), value());
      case 6:
        return new CacheCommand.Delete(id());
      case 7:
        return new CacheCommand.Expire(name(), 1 + random.nextInt(4));
      case 8:
        return new CacheCommand.Persist(name());
      case 9:
        long[] deltas = {1, -1, Long.MAX_VALUE, Long.MIN_VALUE};
        return new CacheCommand.Increment(field(), deltas[random.nextInt(deltas.length)]);
      case 10:
        String[] decimals = {"0.5", "-1", "1e3", ".25", "3.", "+1e-17"};
        return new CacheCommand.IncrementDecimal(
            field(), Bytes.utf8(decimals[random.nextInt(decimals.length)]));
      default:
        return new CacheCommand.Purge(1 + random.nextInt(4));
    }
  }

  CacheQuery query() {
    switch (random.nextInt(3)) {
      case 0:
        return new CacheQuery.Get(id());
      case 1:
        return new CacheQuery.Exist(id());
      default:
        return new CacheQuery.TimeLeft(name());
    }
  }
}
