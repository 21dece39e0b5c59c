package io.raftwood.membership;

import io.raftwood.bytes.ByteReader;
import io.raftwood.bytes.ByteWriter;
import io.raftwood.bytes.Bytes;
import io.raftwood.bytes.MalformedBytesException;
import io.raftwood.cluster.ClusterFields;
import io.raftwood.cluster.Formation;
import io.raftwood.cluster.FormationCodec;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * The text of the identity file: one {@code name=value} a line in fixed order, the last line a
 * CRC-32C of all before it ({@code docs/formats.md}).
 */
final class IdentityFile {
  private static final String HEADER = "raftwood-identity 1";
  private static final String CHECKSUM = "checksum";
  private static final String NO_FORMATION = "none";
  private static final int LINES = 8;

  private IdentityFile() {}

  static String encode(NodeIdentity identity) {
    String body =
        HEADER
            + ("\nname=" + identity.name())
            + ("\nincarnation=" + identity.incarnation())
            + ("\nstarts=" + identity.starts())
            + ("\nphase=" + identity.phase().word())
            + ("\nindex=" + identity.index())
            + ("\nformation=" + identity.formation().map(IdentityFile::hex).orElse(NO_FORMATION))
            + "\n";
    return body + CHECKSUM + "=" + checksum(body) + "\n";
  }

  /** Parses what {@link #encode} wrote; anything else is refused with the reason. */
  static NodeIdentity decode(String text) {
    List<String> lines = new ArrayList<>(List.of(text.split("\n", -1)));
    if (lines.size() != LINES + 1 || !lines.get(LINES).isEmpty()) {
      throw new MalformedBytesException("it has not exactly " + LINES + " lines");
    }
    if (!lines.get(0).equals(HEADER)) {
      throw new MalformedBytesException("its first line is not '" + HEADER + "'");
    }
    int end = text.lastIndexOf(CHECKSUM + "=");
    if (end < 0 || !value(lines, 7, CHECKSUM).equals(checksum(text.substring(0, end)))) {
      throw new MalformedBytesException("its checksum does not match");
    }
    return ClusterFields.checked(() -> fields(lines));
  }

  private static NodeIdentity fields(List<String> lines) {
    String name = value(lines, 1, "name");
    String incarnation = value(lines, 2, "incarnation");
    ClusterFields.checkName(name);
    ClusterFields.checkIncarnation(incarnation);
    return new NodeIdentity(
        name,
        incarnation,
        Long.parseLong(value(lines, 3, "starts")),
        FormationPhase.valueOf(value(lines, 4, "phase").toUpperCase(Locale.ROOT)),
        Integer.parseInt(value(lines, 5, "index")),
        formation(value(lines, 6, "formation")));
  }

  private static String value(List<String> lines, int number, String name) {
    String line = lines.get(number);
    if (!line.startsWith(name + "=")) {
      throw new MalformedBytesException("line " + (number + 1) + " is not '" + name + "=...'");
    }
    return line.substring(name.length() + 1);
  }

  private static Optional<Formation> formation(String value) {
    if (value.equals(NO_FORMATION)) {
      return Optional.empty();
    }
    ByteReader in = new ByteReader(Bytes.fromHex(value));
    Formation formation = FormationCodec.read(in);
    in.expectEnd();
    return Optional.of(formation);
  }

  private static String hex(Formation formation) {
    ByteWriter out = new ByteWriter();
    FormationCodec.write(out, formation);
    return out.toBytes().toHex();
  }

  private static String checksum(String body) {
    CRC32C crc = new CRC32C();
    crc.update(body.getBytes(StandardCharsets.UTF_8));
    return String.format(Locale.ROOT, "%08x", crc.getValue());
  }
}
