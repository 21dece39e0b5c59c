package io.raftwood.storage;

import io.raftwood.bytes.Bytes;
import io.raftwood.storage.SnapshotManifest.FileDigest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The text form of {@link SnapshotManifest}, which describes it. */
final class ManifestText {
  private static final String FIRST_LINE = "raftwood-snapshot 1";
  private static final String END = "end ";
  private static final int END_LINE_BYTES = END.length() + 64 + 1;
  private static final Pattern KEY = Pattern.compile("[A-Za-z0-9._-]+");
  private static final Pattern ATTRIBUTE =
      Pattern.compile("attribute ([A-Za-z0-9._-]+)=(.*)", Pattern.DOTALL);
  private static final Pattern FILE =
      Pattern.compile("file ([0-9a-f]{64}) (0|[1-9][0-9]{0,17}) (.+)", Pattern.DOTALL);

  private ManifestText() {}

  static void checkAttributes(Map<String, String> attributes) {
    attributes.forEach(
        (key, value) -> {
          if (!KEY.matcher(key).matches() || hasControls(value)) {
            throw new IllegalArgumentException(
                "attribute " + key + "=" + value + " has characters that are not allowed");
          }
        });
  }

  static String checkedName(String name) {
    if (hasControls(name)) {
      throw new StorageException("a snapshot's file has control characters in its name: " + name);
    }
    return name;
  }

  static String encode(SnapshotManifest manifest) {
    StringBuilder text = new StringBuilder(FIRST_LINE).append('\n');
    manifest
        .attributes()
        .forEach(
            (key, value) ->
                text.append("attribute ").append(key).append('=').append(value).append('\n'));
    manifest.files().forEach((name, digest) -> appendFile(text, name, digest));
    byte[] body = text.toString().getBytes(StandardCharsets.UTF_8);
    return text.append(END).append(hash(body, body.length)).append('\n').toString();
  }

  private static void appendFile(StringBuilder text, String name, FileDigest digest) {
    text.append("file ").append(digest.sha256().toHex()).append(' ');
    text.append(digest.length()).append(' ').append(name).append('\n');
  }

  static SnapshotManifest decode(byte[] content) {
    int bodyLength = content.length - END_LINE_BYTES;
    if (bodyLength <= 0) {
      throw damaged("is cut");
    }
    String end = new String(content, bodyLength, END_LINE_BYTES, StandardCharsets.UTF_8);
    if (!end.equals(END + hash(content, bodyLength) + "\n")) {
      throw damaged("is altered or cut (its own checksum)");
    }
    String body = new String(content, 0, bodyLength, StandardCharsets.UTF_8);
    return decodeBody(List.of(body.split("\n")));
  }

  private static SnapshotManifest decodeBody(List<String> lines) {
    if (!lines.get(0).equals(FIRST_LINE)) {
      throw damaged("is of an unknown format: " + lines.get(0));
    }
    Map<String, String> attributes = new TreeMap<>();
    Map<String, FileDigest> files = new TreeMap<>();
    for (String line : lines.subList(1, lines.size())) {
      Matcher attribute = ATTRIBUTE.matcher(line);
      Matcher file = FILE.matcher(line);
      if (attribute.matches()) {
        attributes.put(attribute.group(1), attribute.group(2));
      } else if (file.matches()) {
        Bytes sha256 = Bytes.fromHex(file.group(1));
        files.put(safeName(file.group(3)), new FileDigest(Long.parseLong(file.group(2)), sha256));
      } else {
        throw damaged("has a line that is neither attribute nor file: " + line);
      }
    }
    return new SnapshotManifest(attributes, files);
  }

  /** Refuses names that lead out of the snapshot's directory. */
  private static String safeName(String name) {
    if (name.startsWith("/") || Arrays.asList(name.split("/")).contains("..")) {
      throw damaged("names a file outside of the snapshot: " + name);
    }
    return name;
  }

  private static String hash(byte[] content, int length) {
    MessageDigest sha256 = SnapshotManifest.sha256();
    sha256.update(content, 0, length);
    return Bytes.wrap(sha256.digest()).toHex();
  }

  private static boolean hasControls(String text) {
    return text.chars().anyMatch(Character::isISOControl);
  }

  private static DamagedSnapshotException damaged(String reason) {
    return new DamagedSnapshotException(SnapshotManifest.FILE_NAME, reason);
  }
}
