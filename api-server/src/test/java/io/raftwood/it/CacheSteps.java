package io.raftwood.it;

import io.raftwood.bytes.Bytes;
import io.raftwood.cache.CacheCommand;
import io.raftwood.cache.CacheId;
import io.raftwood.cache.CacheQuery;
import io.raftwood.cache.CacheResult;
import io.raftwood.fixtures.CacheModel;
import java.util.SplittableRandom;

/**
 * Random operations of one client on keys and hashes of the cache that are its own. What it lets
 * expire does so long after the test: only the seconds that pass until then are tolerated.
 */
final class CacheSteps {
  private static final int NAMES = 20;
  private static final int FIELDS = 8;
  private static final long TTL_SECONDS_MIN = 100_000;
  private static final long[] DELTAS = {1, -1, 7, Long.MAX_VALUE, Long.MIN_VALUE};
  private static final String[] DECIMALS = {"0.5", "-1", "1e3", ".25", "3.", "+1e-17", "5.125"};
  private static final String[] VALUES = {"0", "12", "-7", "9223372036854775807", "1.5", "x", " 1"};

  private final int client;
  private final SplittableRandom random;
  private final CacheModel model = new CacheModel();
  private final long begun = System.nanoTime();

  /** Operations of client number {@code client}. */
  CacheSteps(int client, SplittableRandom random) {
    this.client = client;
    this.random = random;
  }

  /** The next operation, done by the model already. */
  ModelStep next() {
    if (random.nextInt(10) < 6) {
      CacheCommand command = command();
      CacheResult result = command.dispatch(model);
      return ModelStep.write(CacheCall.of(command), CacheAnswer.ofCommand(result));
    }
    CacheQuery query = query();
    CacheResult result = query.dispatch(model);
    HustdbAnswer expected = CacheAnswer.ofQuery(result);
    return result instanceof CacheResult.TimeLeft left && left.seconds() > 0
        ? new ModelStep(CacheCall.of(query), false, expected, seen -> timely(seen, left.seconds()))
        : ModelStep.read(CacheCall.of(query), expected);
  }

  /** {@code seen} as if no time had passed, if its seconds are what may be left of {@code all}. */
  private HustdbAnswer timely(HustdbAnswer seen, long all) {
    long passed = 1 + (System.nanoTime() - begun) / 1_000_000_000;
    try {
      long left = Long.parseLong(seen.body());
      boolean fits = left <= all && left >= all - passed;
      return fits ? new HustdbAnswer(seen.status(), seen.headers(), Long.toString(all)) : seen;
    } catch (NumberFormatException e) {
      return seen;
    }
  }

  private CacheCommand command() {
    switch (random.nextInt(11)) {
      case 0:
      case 1:
        long ttl = random.nextBoolean() ? 0 : ttl();
        return new CacheCommand.Put(CacheId.key(name()), value(), ttl);
      case 2:
      case 3:
      case 4:
        return new CacheCommand.Put(field(), value(), 0);
      case 5:
        return new CacheCommand.Append(name(), value());
      case 6:
        return new CacheCommand.Delete(id());
      case 7:
        return new CacheCommand.Expire(name(), ttl());
      case 8:
        return new CacheCommand.Persist(name());
      case 9:
        return new CacheCommand.Increment(field(), DELTAS[random.nextInt(DELTAS.length)]);
      default:
        Bytes delta = Bytes.utf8(DECIMALS[random.nextInt(DECIMALS.length)]);
        return new CacheCommand.IncrementDecimal(field(), delta);
    }
  }

  private CacheQuery query() {
    switch (random.nextInt(3)) {
      case 0:
        return new CacheQuery.Get(id());
      case 1:
        return new CacheQuery.Exist(id());
      default:
        return new CacheQuery.TimeLeft(name());
    }
  }

  private long ttl() {
    return TTL_SECONDS_MIN + random.nextInt(1_000_000);
  }

  /** Of keys and hashes alike: they share their names. */
  private Bytes name() {
    return Bytes.utf8("c" + client + "-" + random.nextInt(NAMES));
  }

  private CacheId field() {
    Bytes field = Bytes.utf8("f" + random.nextInt(FIELDS)).concat(Bytes.of(0, 0xff, '\n', '%'));
    return CacheId.field(name(), field);
  }

  private CacheId id() {
    return random.nextBoolean() ? CacheId.key(name()) : field();
  }

  private Bytes value() {
    return random.nextInt(3) > 0
        ? Bytes.utf8(VALUES[random.nextInt(VALUES.length)])
        : Bytes.utf8("value " + random.nextInt()).concat(Bytes.of(0, 0xff, '\r', '\n'));
  }
}
