package io.raftwood.bench.load;

/** The number of a key as ten decimal digits: all keys are equally long, and in order. */
final class KeyDigits {
  /** How many there are. */
  static final int COUNT = 10;

  private KeyDigits() {}

  /** Writes the digits of {@code number} to {@code target}, from {@code start} on. */
  static void write(long number, byte[] target, int start) {
    long rest = number;
    for (int i = COUNT - 1; i >= 0; i--) {
      target[start + i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
  }
}
