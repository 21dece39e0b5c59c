package io.raftwood.bench.torture.fault;

import java.io.IOException;

/** A fault found nothing that it could strike. It has changed nothing. */
final class FaultNotDoneException extends IOException {
  private static final long serialVersionUID = 1L;

  FaultNotDoneException(String why) {
    super(why);
  }
}
