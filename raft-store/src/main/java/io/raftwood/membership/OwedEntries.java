package io.raftwood.membership;

/**
 * What one voter is owed of one group: the entries committed beyond what it had applied, counted
 * while it lags behind. Entries that a node gets a second time, with an emptied disk, are not
 * counted again. Confined to one thread.
 */
final class OwedEntries {
  private static final long UNKNOWN = -1;

  /** Up to this log index everything is delivered, or was before anybody counted. */
  private long deliveredTo = UNKNOWN;

  /** Up to this log index everything is counted as owed; not below {@link #deliveredTo}. */
  private long owedTo = UNKNOWN;

  private long owed;
  private long delivered;

  /** The voter reported that it has applied everything up to {@code index}. */
  void applied(long index) {
    if (deliveredTo == UNKNOWN) {
      deliveredTo = index;
    }
    if (index > deliveredTo) {
      delivered += Math.max(0, Math.min(index, owedTo) - deliveredTo);
      deliveredTo = index;
    }
    owedTo = Math.max(owedTo, deliveredTo);
  }

  /** The leader reported {@code index} as committed. */
  void committed(long index, boolean lags) {
    if (deliveredTo == UNKNOWN) {
      // Never heard of: what it lacked before that is not known.
      deliveredTo = index;
      owedTo = index;
    } else if (lags && index > owedTo) {
      owed += index - owedTo;
      owedTo = index;
    }
  }

  long owed() {
    return owed;
  }

  long delivered() {
    return delivered;
  }
}
