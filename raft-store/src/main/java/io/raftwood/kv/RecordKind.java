package io.raftwood.kv;

/**
 * The kinds of records. A kind's number is part of the formats and never reused; its letter is what
 * listings say ({@code ty}, contract 6.2).
 */
public enum RecordKind {
  /** A key of its own; belongs to no table. */
  KEY(0, 'K'),
  /** A field of a hash. */
  HASH_FIELD(1, 'H'),
  /** A member of a set. */
  SET_MEMBER(2, 'S'),
  /** A member of a sorted set. */
  SORTED_SET_MEMBER(3, 'Z');

  private static final RecordKind[] BY_NUMBER = values();

  private final int number;
  private final char letter;

  RecordKind(int number, char letter) {
    this.number = number;
    this.letter = letter;
  }

  /** 0..3. */
  public int number() {
    return number;
  }

  /** {@code H}, {@code S} or {@code Z}; {@code K} for keys. */
  public char letter() {
    return letter;
  }

  /** Whether records of this kind belong to a table. */
  public boolean inTable() {
    return this != KEY;
  }

  /** The kind of {@code number}, 0..3. */
  static RecordKind of(int number) {
    return BY_NUMBER[number];
  }
}
