package io.raftwood.storage.rocksdb;

/** What {@link GenerationDirectories#install} has done; for tests that crash it there. */
enum InstallStep {
  /** The temporary directory exists, empty. */
  DIRECTORY_MADE,
  /** One more file is in it; repeated. */
  FILE_PLACED,
  /** All files and their names are on disk. */
  SYNCED,
  /** It was opened and closed once. */
  TRIED,
  /** It has its final name, which may not be on disk yet. */
  RENAMED,
  /** Its final name is on disk. */
  DONE
}
