package io.raftwood.raft;

import io.raftwood.bytes.Bytes;
import io.raftwood.storage.KeyRange;
import io.raftwood.storage.StorageCursor;
import io.raftwood.storage.StorageView;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A fingerprint of a group's logical content, by which replicas are compared at a barrier.
 *
 * @param hex SHA-256 over all rows in key order, 64 lower-case hexadecimal digits; each row as u32
 *     key length, key, u32 value length, value
 * @param rows number of rows
 */
public record StateHash(String hex, long rows) {
  /**
   * Hashes every row of {@code view}. Reads all of it: meant for a background thread, over a
   * snapshot.
   *
   * @throws io.raftwood.storage.StorageException when the store cannot be read; a fault
   */
  public static StateHash of(StorageView view) {
    MessageDigest digest = sha256();
    ByteBuffer length = ByteBuffer.allocate(Integer.BYTES);
    long rows = 0;
    try (StorageCursor cursor = view.scan(KeyRange.ALL)) {
      while (cursor.next()) {
        update(digest, length, cursor.key());
        update(digest, length, cursor.value());
        rows++;
      }
    }
    return new StateHash(HexFormat.of().formatHex(digest.digest()), rows);
  }

  private static void update(MessageDigest digest, ByteBuffer length, Bytes bytes) {
    digest.update(length.putInt(0, bytes.length()).array());
    digest.update(bytes.unsafeArray());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
