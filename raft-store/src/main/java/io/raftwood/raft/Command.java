package io.raftwood.raft;

import io.raftwood.bytes.Bytes;
import java.util.Optional;

/**
 * One command on its way into the log.
 *
 * @param family the machine's tag, 0..255; 0 is the kernel's own (barrier), 255 a bundle ({@link
 *     BundleCodec})
 * @param idempotencyKey 1..128 bytes chosen by the client: a second command with the same key
 *     within {@link EntryApplier#IDEMPOTENCY_MILLIS} of replicated time is not applied again but
 *     answered with the first one's result
 * @param payload the command, encoded by its family's codec
 */
public record Command(int family, Optional<Bytes> idempotencyKey, Bytes payload) {
  /** Longest idempotency key, in bytes. */
  public static final int IDEMPOTENCY_KEY_BYTES_MAX = 128;

  /** Checks the bounds. */
  public Command {
    if (family < 0 || family > 255) {
      throw new IllegalArgumentException("family " + family + " is not within 0..255");
    }
    idempotencyKey.ifPresent(
        key -> {
          if (key.isEmpty() || key.length() > IDEMPOTENCY_KEY_BYTES_MAX) {
            throw new IllegalArgumentException(
                "an idempotency key has 1.." + IDEMPOTENCY_KEY_BYTES_MAX + " bytes");
          }
        });
  }

  /** A command without idempotency key. */
  public static Command of(int family, Bytes payload) {
    return new Command(family, Optional.empty(), payload);
  }
}
