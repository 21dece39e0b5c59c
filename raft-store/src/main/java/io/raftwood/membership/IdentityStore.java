package io.raftwood.membership;

/** Keeps a node's identity durably. Thread-safe. */
public interface IdentityStore {
  /** The identity last saved. */
  NodeIdentity current();

  /**
   * Replaces the identity; on return it survives a power cut.
   *
   * @throws DataDirectoryException when it could not be written
   */
  void save(NodeIdentity identity);

  /** A new random incarnation: 32 lower-case hexadecimal digits. */
  String newIncarnation();
}
