package io.raftwood.cluster;

import io.raftwood.peer.NodeAddress;
import java.util.stream.IntStream;

/** Formations for tests: nodes {@code n1..}, ports by number. */
final class Formations {
  private Formations() {}

  static Formation of(int nodes, int dataGroups) {
    return new Formation(
        dataGroups, IntStream.rangeClosed(1, nodes).mapToObj(Formations::member).toList());
  }

  static Formation.Member member(int number) {
    return new Formation.Member(
        "n" + number,
        new NodeAddress("127.0.0.1", 8080 + number),
        new NodeAddress("127.0.0.1", 9080 + number),
        incarnation(number));
  }

  static String incarnation(int number) {
    return String.format("%032x", number);
  }
}
