package io.raftwood.bench.torture.disk;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The disks of one cluster's nodes, which are numbered from 0. Thread-safe. */
public interface Disks extends AutoCloseable {
  /** What they are, for people. */
  String description();

  /** Why they cannot be hindered; empty = they can. */
  Optional<String> limitation();

  /** Where a node's files belong; is there while the disk is whole. */
  Path directory(int node);

  /**
   * Lets the power of these disks fail: what was not synced is lost, and every request fails from
   * now on. The processes that use them do not notice otherwise.
   *
   * @throws IOException if the machine refuses, or there is a limitation
   */
  void cut(List<Integer> nodes) throws IOException;

  /**
   * Makes these disks as they are after the power came back. No process may use them.
   *
   * @throws IOException if the machine refuses, or there is a limitation
   */
  void restore(List<Integer> nodes) throws IOException;

  /** Takes the disks away, not the files of ordinary ones; may be called more than once. */
  @Override
  void close();
}
