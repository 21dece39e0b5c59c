package io.raftwood.raft;

/** The kernel's kinds of rows: the second byte of keys in the META space. Never reused. */
enum KernelRow {
  /** The {@link Position}; the whole key. */
  POSITION(0),
  /** A remembered result, by idempotency key. */
  RESULT(1),
  /** When a remembered result is forgotten, by time. */
  RESULT_EXPIRY(2);

  private final int tag;

  KernelRow(int tag) {
    this.tag = tag;
  }

  /** The second byte of the key. */
  int tag() {
    return tag;
  }
}
