package io.raftwood.storage;

import io.raftwood.bytes.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What a snapshot's directory holds: every file below it with length and SHA-256, and some
 * attributes. Kept in that directory as {@value #FILE_NAME}, so that a copy of the directory can be
 * checked wherever it went. Immutable.
 *
 * <p>The file is UTF-8 text, every line ended by LF:
 *
 * <pre>
 * raftwood-snapshot 1                         the format and its version
 * attribute &lt;key&gt;=&lt;value&gt;                    any number, ascending by key
 * file &lt;sha256&gt; &lt;length&gt; &lt;name&gt;               one a file, ascending by name
 * end &lt;sha256&gt;                                the SHA-256 of all bytes before this line
 * </pre>
 *
 * <p>SHA-256 is 64 lower-case hexadecimal digits, length decimal; a name is relative with {@code /}
 * between its parts. Keys consist of {@code A-Z a-z 0-9 . _ -}; values and names have no control
 * characters. The checksums guard against accidents, not against somebody who rewrites both.
 */
public final class SnapshotManifest {
  /** The manifest's own file name; the one file that it does not list. */
  public static final String FILE_NAME = "raftwood.manifest";

  private static final int BUFFER_BYTES = 64 * 1024;

  private final SortedMap<String, String> attributes;
  private final SortedMap<String, FileDigest> files;

  SnapshotManifest(Map<String, String> attributes, Map<String, FileDigest> files) {
    this.attributes = Collections.unmodifiableSortedMap(new TreeMap<>(attributes));
    this.files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
  }

  /**
   * What the manifest says of one file.
   *
   * @param length in bytes
   * @param sha256 32 bytes
   */
  public record FileDigest(long length, Bytes sha256) {}

  /**
   * Hashes all files below {@code directory}, which must be at rest, and writes the manifest beside
   * them, replacing an old one; it is on disk when this returns. Other files are not forced to
   * disk.
   *
   * @throws IllegalArgumentException when a key or value has a character that is not allowed
   * @throws StorageException when a file cannot be read, is not a regular file, or has a name with
   *     control characters
   */
  public static SnapshotManifest write(Path directory, Map<String, String> attributes) {
    ManifestText.checkAttributes(attributes);
    Map<String, FileDigest> digests = new TreeMap<>();
    for (String name : namesBelow(directory)) {
      digests.put(name, digest(directory, ManifestText.checkedName(name)));
    }
    SnapshotManifest manifest = new SnapshotManifest(attributes, digests);
    try {
      byte[] text = ManifestText.encode(manifest).getBytes(StandardCharsets.UTF_8);
      DurableFiles.write(directory.resolve(FILE_NAME), text);
    } catch (IOException e) {
      throw new StorageException("cannot write the manifest of " + directory, e);
    }
    return manifest;
  }

  /**
   * Reads the manifest of {@code directory}; the other files are not looked at.
   *
   * @throws DamagedSnapshotException when it is missing, altered, cut, or of an unknown format
   */
  public static SnapshotManifest read(Path directory) {
    Path file = directory.resolve(FILE_NAME);
    if (!Files.isRegularFile(file)) {
      throw new DamagedSnapshotException(FILE_NAME, "is missing");
    }
    try {
      return ManifestText.decode(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new StorageException("cannot read " + file, e);
    }
  }

  /**
   * Reads the manifest of {@code directory} and compares every file with it.
   *
   * @throws DamagedSnapshotException when a file is missing, extra, of another length, or altered,
   *     or the manifest itself is; names the first such file
   */
  public static SnapshotManifest verify(Path directory) {
    SnapshotManifest manifest = read(directory);
    TreeSet<String> present = namesBelow(directory);
    for (String name : present) {
      if (!manifest.files.containsKey(name)) {
        throw new DamagedSnapshotException(name, "is not in the manifest");
      }
    }
    // Lengths first: they cost nothing, hashing may take long.
    manifest.files.forEach((name, wanted) -> checkLength(directory, name, wanted, present));
    manifest.files.forEach((name, wanted) -> checkContent(directory, name, wanted));
    return manifest;
  }

  /** The attributes, ascending by key. */
  public SortedMap<String, String> attributes() {
    return attributes;
  }

  /** The value of one attribute. */
  public Optional<String> attribute(String key) {
    return Optional.ofNullable(attributes.get(key));
  }

  /** The files by their names, ascending. */
  public SortedMap<String, FileDigest> files() {
    return files;
  }

  private static void checkLength(
      Path directory, String name, FileDigest wanted, TreeSet<String> present) {
    if (!present.contains(name)) {
      throw new DamagedSnapshotException(name, "is missing");
    }
    long length = directory.resolve(name).toFile().length();
    if (length != wanted.length) {
      throw new DamagedSnapshotException(
          name, "has " + length + " bytes instead of " + wanted.length);
    }
  }

  private static void checkContent(Path directory, String name, FileDigest wanted) {
    FileDigest found = digest(directory, name);
    if (!found.equals(wanted)) {
      throw new DamagedSnapshotException(name, "has another content (SHA-256)");
    }
  }

  private static TreeSet<String> namesBelow(Path directory) {
    TreeSet<String> names = new TreeSet<>();
    try (Stream<Path> paths = Files.walk(directory)) {
      paths
          .filter(path -> !Files.isDirectory(path))
          .map(path -> directory.relativize(path).toString().replace('\\', '/'))
          .forEach(names::add);
    } catch (IOException e) {
      throw new StorageException("cannot list " + directory, e);
    }
    names.remove(FILE_NAME);
    return names;
  }

  private static FileDigest digest(Path directory, String name) {
    Path file = directory.resolve(name);
    if (!Files.isRegularFile(file)) {
      throw new StorageException(file + " is not a regular file");
    }
    MessageDigest sha256 = sha256();
    byte[] buffer = new byte[BUFFER_BYTES];
    long length = 0;
    try (InputStream in = Files.newInputStream(file)) {
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        sha256.update(buffer, 0, count);
        length += count;
      }
    } catch (IOException e) {
      throw new StorageException("cannot read " + file, e);
    }
    return new FileDigest(length, Bytes.wrap(sha256.digest()));
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
