package io.raftwood.cli.backup;

import io.raftwood.bytes.Bytes;
import io.raftwood.cli.call.CallExitCode;
import io.raftwood.cli.call.CallFailureException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The form of a backup file, byte by byte in {@code docs/formats.md}: header, parts, manifest,
 * trailer. Every byte is covered: the header by what it must be, the parts by the manifest, the
 * manifest by the trailer, the trailer by what it must be.
 */
final class BackupFile {
  /** The format that is written, and the only one that is read. */
  static final int FORMAT = 1;

  /** How a file begins. */
  static final Bytes HEADER = Bytes.utf8("raftwood-backup 1\n");

  /** How a file ends. */
  static final Bytes FOOTER = Bytes.utf8("raftwood-backup-end\n");

  /** Length of a SHA-256. */
  static final int SHA256_BYTES = 32;

  /** Length of the trailer: u32 length of the manifest, its SHA-256, footer. */
  static final int TRAILER_BYTES = 4 + SHA256_BYTES + FOOTER.length();

  /** Longest manifest: no cluster has so many groups. */
  static final int MANIFEST_BYTES_MAX = 64 << 20;

  /** Longest page: one item of the largest size, and what is around it. */
  static final int PAGE_BYTES_MAX = 40 << 20;

  private BackupFile() {}

  /** A SHA-256 that has seen nothing. */
  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** The file cannot be used. */
  static CallFailureException damaged(Path file, String why) {
    return new CallFailureException(
        CallExitCode.FAILED, file + " is no whole backup: " + why + "; nothing was changed");
  }
}
