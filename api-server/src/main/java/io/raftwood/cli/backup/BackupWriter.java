package io.raftwood.cli.backup;

import com.alibaba.fastjson2.JSONObject;
import io.raftwood.bytes.ByteWriter;
import io.raftwood.bytes.Bytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * Writes a backup file. It has another name until it is whole and on disk, so what has its own name
 * is whole. For one thread.
 */
final class BackupWriter implements AutoCloseable {
  private final Path file;
  private final Path partial;
  private final FileChannel out;
  private final List<Manifest.Part> parts = new ArrayList<>();
  private MessageDigest digest = BackupFile.sha256();
  private long partOffset;
  private long pages;
  private long items;

  /** Begins {@code file}, which must not exist. */
  BackupWriter(Path file) throws IOException {
    this.file = file;
    this.partial = file.resolveSibling(file.getFileName() + ".partial");
    out =
        FileChannel.open(
            partial,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE);
    write(BackupFile.HEADER);
    beginPart();
  }

  /** Begins a part at the end of the last one; what was written since that is thrown away. */
  void beginPart() throws IOException {
    partOffset =
        parts.isEmpty()
            ? BackupFile.HEADER.length()
            : parts.get(parts.size() - 1).offset() + parts.get(parts.size() - 1).length();
    out.truncate(partOffset);
    out.position(partOffset);
    digest = BackupFile.sha256();
    pages = 0;
    items = 0;
  }

  /** Number of parts that are whole. */
  int parts() {
    return parts.size();
  }

  /** Forgets the parts behind the first {@code count}, and begins there. */
  void rewind(int count) throws IOException {
    parts.subList(count, parts.size()).clear();
    beginPart();
  }

  /** Adds a page to the part. */
  void page(Bytes payload, int itemCount) throws IOException {
    Bytes framed =
        new ByteWriter(4 + payload.length()).u32(payload.length()).raw(payload).toBytes();
    digest.update(framed.unsafeArray());
    write(framed);
    pages++;
    items += itemCount;
  }

  /** The part is whole. */
  void endPart(String group, int family) throws IOException {
    long length = out.position() - partOffset;
    String sha256 = HexFormat.of().formatHex(digest.digest());
    parts.add(new Manifest.Part(group, family, partOffset, length, pages, items, sha256));
    beginPart();
  }

  /** All parts are there; gives the file its name. */
  Manifest finish(JSONObject facts) throws IOException {
    Manifest manifest = Manifest.of(facts, parts);
    Bytes text = manifest.encode();
    write(text);
    byte[] sha256 = BackupFile.sha256().digest(text.unsafeArray());
    write(new ByteWriter(36).u32(text.length()).raw(sha256).toBytes());
    write(BackupFile.FOOTER);
    out.force(true);
    out.close();
    Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
    Path parent = file.toAbsolutePath().getParent();
    try (FileChannel directory = FileChannel.open(parent, StandardOpenOption.READ)) {
      directory.force(true);
    }
    return manifest;
  }

  private void write(Bytes bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes.unsafeArray());
    while (buffer.hasRemaining()) {
      out.write(buffer);
    }
  }

  /** Throws away what is not whole. */
  @Override
  public void close() throws IOException {
    out.close();
    Files.deleteIfExists(partial);
  }
}
