package io.raftwood.kv;

import io.raftwood.bytes.Bytes;
import java.util.SplittableRandom;

/** Generates commands, queries and results from a seed. */
final class KvValues {
  private final SplittableRandom random;

  KvValues(long seed) {
    random = new SplittableRandom(seed);
  }

  KvCommand command() {
    switch (random.nextInt(3)) {
      case 0:
        long ttl = random.nextLong(Long.MAX_VALUE) >>> random.nextInt(63);
        return new KvCommand.Put(RecordId.key(bytes(1, 40)), bytes(1, 300), ttl, version());
      case 1:
        return new KvCommand.Delete(RecordId.key(bytes(1, 40)), version());
      default:
        return new KvCommand.PurgeExpired(1 + random.nextInt(KvLimits.PURGE_RECORDS_MAX));
    }
  }

  KvQuery query() {
    Bytes key = bytes(1, 40);
    return random.nextBoolean()
        ? new KvQuery.Get(RecordId.key(key))
        : new KvQuery.Exist(RecordId.key(key));
  }

  KvResult result() {
    switch (random.nextInt(7)) {
      case 0:
        return new KvResult.Stored(version());
      case 1:
        return new KvResult.Deleted(version());
      case 2:
        return new KvResult.Absent();
      case 3:
        return new KvResult.VersionMismatch(version());
      case 4:
        return new KvResult.Found(version(), random.nextLong(), bytes(0, 300));
      case 5:
        return new KvResult.Exists(version(), random.nextLong());
      default:
        return new KvResult.Purged(random.nextInt(10_001), random.nextBoolean());
    }
  }

  SplittableRandom random() {
    return random;
  }

  private long version() {
    return random.nextLong(KvLimits.VERSION_MAX + 1) >>> random.nextInt(33);
  }

  private Bytes bytes(int least, int most) {
    byte[] bytes = new byte[least + random.nextInt(most - least + 1)];
    random.nextBytes(bytes);
    return Bytes.wrap(bytes);
  }
}
