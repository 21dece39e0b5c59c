package io.raftwood.cli.backup;

import com.alibaba.fastjson2.JSONException;
import io.raftwood.backup.ArchivePage;
import io.raftwood.bytes.ByteReader;
import io.raftwood.bytes.Bytes;
import io.raftwood.bytes.MalformedBytesException;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * Reads a backup file. Methods throw {@link io.raftwood.cli.call.CallFailureException} when it is
 * not whole, whatever is wrong with it. For one thread.
 */
final class BackupReader implements AutoCloseable {
  private static final int BUFFER_BYTES = 1 << 16;

  private final Path file;
  private final FileChannel in;
  private final long size;

  /** Opens {@code file}. */
  BackupReader(Path file) throws IOException {
    this.file = file;
    in = FileChannel.open(file, StandardOpenOption.READ);
    size = in.size();
  }

  /** Takes the pages of a part. */
  @FunctionalInterface
  interface PageSink {
    /** Takes a page as it is in the file, with the number of its items. */
    void page(Bytes payload, int items) throws IOException;
  }

  /** Length of the file. */
  long size() {
    return size;
  }

  /** The manifest, whose checksum is right and whose parts fill the file. */
  Manifest manifest() throws IOException {
    if (size < BackupFile.HEADER.length() + BackupFile.TRAILER_BYTES) {
      throw BackupFile.damaged(file, "it has only " + size + " bytes");
    }
    if (!bytes(0, BackupFile.HEADER.length()).equals(BackupFile.HEADER)) {
      throw BackupFile.damaged(file, "it does not begin with 'raftwood-backup 1'");
    }
    long trailer = size - BackupFile.TRAILER_BYTES;
    ByteReader reader = new ByteReader(bytes(trailer, BackupFile.TRAILER_BYTES));
    long length = Integer.toUnsignedLong(reader.u32());
    Bytes sha256 = reader.raw(BackupFile.SHA256_BYTES);
    if (!reader.rest().equals(BackupFile.FOOTER)) {
      throw BackupFile.damaged(file, "its end is missing");
    }
    if (length > BackupFile.MANIFEST_BYTES_MAX || length > trailer - BackupFile.HEADER.length()) {
      throw BackupFile.damaged(file, "the length of its manifest is wrong");
    }
    Bytes text = bytes(trailer - length, (int) length);
    if (!Bytes.wrap(BackupFile.sha256().digest(text.unsafeArray())).equals(sha256)) {
      throw BackupFile.damaged(file, "the checksum of its manifest is wrong");
    }
    return tiled(text, trailer - length);
  }

  private Manifest tiled(Bytes text, long end) {
    try {
      Manifest manifest = Manifest.parse(text);
      long offset = BackupFile.HEADER.length();
      for (Manifest.Part part : manifest.parts()) {
        if (part.offset() != offset || part.length() < 0) {
          throw BackupFile.damaged(file, "its parts do not fill it");
        }
        offset += part.length();
      }
      if (offset != end) {
        throw BackupFile.damaged(file, "its parts do not fill it");
      }
      return manifest;
    } catch (JSONException e) {
      throw BackupFile.damaged(file, "its manifest cannot be read: " + e.getMessage());
    }
  }

  /**
   * Hands the pages of {@code part} to {@code sink}, and compares checksum and counts at the end.
   */
  void read(Manifest.Part part, PageSink sink) throws IOException {
    MessageDigest digest = BackupFile.sha256();
    in.position(part.offset());
    InputStream bounded = new BoundedInput(Channels.newInputStream(in), part.length());
    DataInputStream data =
        new DataInputStream(
            new DigestInputStream(new BufferedInputStream(bounded, BUFFER_BYTES), digest));
    long items = 0;
    try {
      for (long left = part.pages(); left > 0; left--) {
        int length = data.readInt();
        if (length < 0 || length > BackupFile.PAGE_BYTES_MAX) {
          throw damaged(part, "a page of " + length + " bytes");
        }
        byte[] payload = new byte[length];
        data.readFully(payload);
        int count = count(part, Bytes.wrap(payload));
        items += count;
        sink.page(Bytes.wrap(payload), count);
      }
    } catch (EOFException e) {
      throw damaged(part, "it is too short");
    }
    boolean whole = data.read() < 0 && items == part.items();
    if (!whole || !HexFormat.of().formatHex(digest.digest()).equals(part.sha256())) {
      throw damaged(part, "its checksum is wrong");
    }
  }

  private int count(Manifest.Part part, Bytes payload) {
    try {
      return ArchivePage.decodeItems(payload).size();
    } catch (MalformedBytesException e) {
      throw damaged(part, "a page cannot be read");
    }
  }

  private RuntimeException damaged(Manifest.Part part, String why) {
    return BackupFile.damaged(file, part.content() + " of " + part.group() + ": " + why);
  }

  private Bytes bytes(long offset, int length) throws IOException {
    in.position(offset);
    byte[] bytes = Channels.newInputStream(in).readNBytes(length);
    return Bytes.wrap(bytes);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  /** The next bytes of a stream, not more. */
  private static final class BoundedInput extends InputStream {
    private final InputStream from;
    private long left;

    BoundedInput(InputStream from, long length) {
      this.from = from;
      this.left = length;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      if (left == 0) {
        return -1;
      }
      int count = from.read(bytes, offset, (int) Math.min(length, left));
      left -= Math.max(0, count);
      return count;
    }
  }
}
