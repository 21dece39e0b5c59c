package io.raftwood.storage;

/** A snapshot is not what its manifest says. It must not be loaded. */
public final class DamagedSnapshotException extends StorageException {
  private static final long serialVersionUID = 1L;

  private final String file;

  /** Names the file, relative to the snapshot's directory, and what is wrong with it. */
  public DamagedSnapshotException(String file, String reason) {
    super("damaged snapshot: " + file + ": " + reason);
    this.file = file;
  }

  /** The file's name, relative to the snapshot's directory, with {@code /} between its parts. */
  public String file() {
    return file;
  }
}
