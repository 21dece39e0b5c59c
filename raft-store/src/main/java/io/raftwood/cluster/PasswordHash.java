package io.raftwood.cluster;

import io.raftwood.bytes.ByteReader;
import io.raftwood.bytes.ByteWriter;
import io.raftwood.bytes.Bytes;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * A password as it is kept: PBKDF2-HMAC-SHA256. Neither equality nor text is of use to an attacker:
 * {@link #toString} shows nothing.
 *
 * @param iterations {@link #ITERATIONS_MIN}..{@link #ITERATIONS_MAX}
 * @param salt {@link #SALT_BYTES} random bytes
 * @param hash {@link #HASH_BYTES} bytes
 */
public record PasswordHash(int iterations, Bytes salt, Bytes hash) {
  /** The fewest iterations; only tests want so few. */
  public static final int ITERATIONS_MIN = 1_000;

  /** The most iterations. */
  public static final int ITERATIONS_MAX = 10_000_000;

  /** Length of a salt. */
  public static final int SALT_BYTES = 16;

  /** Length of a hash. */
  public static final int HASH_BYTES = 32;

  /** Longest password, in bytes. */
  public static final int PASSWORD_BYTES_MAX = 256;

  private static final String ALGORITHM = "PBKDF2WithHmacSHA256";

  /** Checks the lengths. */
  public PasswordHash {
    if (iterations < ITERATIONS_MIN || iterations > ITERATIONS_MAX) {
      throw new IllegalArgumentException(iterations + " iterations");
    }
    if (salt.length() != SALT_BYTES || hash.length() != HASH_BYTES) {
      throw new IllegalArgumentException("salt or hash of a wrong length");
    }
  }

  /**
   * Hashes {@code password}. Takes as long as {@code iterations} do: 0.1 s and more.
   *
   * @param salt {@link #SALT_BYTES} bytes, drawn anew for each hash
   * @throws IllegalArgumentException when the password has not 1..{@link #PASSWORD_BYTES_MAX} bytes
   */
  public static PasswordHash of(Bytes password, int iterations, Bytes salt) {
    if (password.isEmpty() || password.length() > PASSWORD_BYTES_MAX) {
      throw new IllegalArgumentException(
          "a password has 1.." + PASSWORD_BYTES_MAX + " bytes, not " + password.length());
    }
    byte[] hash = derive(password, salt.unsafeArray(), iterations);
    return new PasswordHash(iterations, salt, Bytes.wrap(hash));
  }

  /** Whether {@code password} is the one; takes as long for a wrong one as for the right one. */
  public boolean matches(Bytes password) {
    byte[] derived = derive(password, salt.unsafeArray(), iterations);
    return MessageDigest.isEqual(derived, hash.unsafeArray());
  }

  private static byte[] derive(Bytes password, byte[] salt, int iterations) {
    // One character for each byte, so that every password has its own characters.
    char[] characters =
        new String(password.unsafeArray(), StandardCharsets.ISO_8859_1).toCharArray();
    PBEKeySpec spec = new PBEKeySpec(characters, salt, iterations, HASH_BYTES * Byte.SIZE);
    try {
      return SecretKeyFactory.getInstance(ALGORITHM).generateSecret(spec).getEncoded();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + ALGORITHM, e);
    } finally {
      spec.clearPassword();
    }
  }

  void write(ByteWriter out) {
    out.varint(iterations).raw(salt).raw(hash);
  }

  static PasswordHash read(ByteReader in) {
    int iterations = in.count(ITERATIONS_MAX);
    Bytes salt = in.raw(SALT_BYTES);
    Bytes hash = in.raw(HASH_BYTES);
    return ClusterFields.checked(() -> new PasswordHash(iterations, salt, hash));
  }

  /** Says nothing of what it holds. */
  @Override
  public String toString() {
    return "PasswordHash[...]";
  }
}
