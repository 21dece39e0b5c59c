package io.raftwood.cli.backup;

import com.alibaba.fastjson2.JSON;
import com.alibaba.fastjson2.JSONObject;
import io.raftwood.bytes.Bytes;
import io.raftwood.cli.call.CallExitCode;
import io.raftwood.cli.call.CallFailureException;
import io.raftwood.cli.call.CallRequest;
import io.raftwood.cli.call.CallSession;
import java.io.IOException;
import java.io.PrintWriter;
import java.security.MessageDigest;
import java.util.Locale;

/** {@code raftwood backup restore}. For one thread. */
final class BackupRestore {
  private static final int ID_BYTES = 16;
  private static final Bytes NOTHING = Bytes.of('\n');

  private final CallSession session;
  private final Pace pace;
  private final PrintWriter out;
  private long written;
  private long kept;
  private long expired;
  private long refused;

  BackupRestore(CallSession session, Pace pace, PrintWriter out) {
    this.session = session;
    this.pace = pace;
    this.out = out;
  }

  /** Reads every byte of a backup; its manifest. */
  static Manifest verify(BackupReader reader, Pace pace) throws IOException {
    Manifest manifest = reader.manifest();
    pace.expect(reader.size());
    for (Manifest.Part part : manifest.parts()) {
      reader.read(part, (payload, items) -> pace.passed("verifying", payload.length() + 4L, items));
    }
    return manifest;
  }

  /** Puts a backup that is verified into the cluster; the exit code. */
  int run(BackupReader reader, Manifest manifest) throws IOException {
    ClusterFacts cluster = ClusterFacts.ask(session);
    String id = id(manifest, cluster);
    session.send(
        request("begin", id)
            .with("revision", manifest.highest("revision"))
            .with("clock", manifest.highest("clockMillis"))
            .withBody(NOTHING));
    pace.expect(reader.size());
    for (Manifest.Part part : manifest.parts()) {
      reader.read(part, (payload, items) -> put(id, part, payload, items));
    }
    session.send(request("end", id).withBody(NOTHING));
    return report(cluster);
  }

  /** The same for the same backup and cluster, so that a restore that was cut off can go on. */
  private static String id(Manifest manifest, ClusterFacts cluster) {
    MessageDigest digest = BackupFile.sha256();
    digest.update(manifest.encode().unsafeArray());
    digest.update(Bytes.utf8(cluster.id()).unsafeArray());
    return Bytes.wrap(digest.digest()).slice(0, ID_BYTES).toHex();
  }

  private static CallRequest request(String call, String id) {
    return CallRequest.read("/admin/restore/" + call, ClusterFacts.CLUSTER).with("id", id);
  }

  private void put(String id, Manifest.Part part, Bytes payload, int items) {
    CallRequest request = request("put", id).with("family", part.family()).withBody(payload);
    JSONObject counts = JSON.parseObject(session.send(request).body().toUtf8());
    written += counts.getLongValue("written");
    kept += counts.getLongValue("kept");
    expired += counts.getLongValue("expired");
    refused += counts.getLongValue("refused");
    pace.passed(part.content() + " of " + part.group(), payload.length() + 4L, items);
  }

  private int report(ClusterFacts cluster) {
    pace.end();
    out.printf(
        Locale.ROOT,
        "restored into cluster %s: %d written, %d there already, %d expired, %.1f s%n",
        cluster.id(),
        written,
        kept,
        expired,
        pace.seconds());
    out.flush();
    if (refused > 0) {
      throw new CallFailureException(
          CallExitCode.FAILED,
          refused
              + " items were not restored: their table is of one kind in one group of the backup"
              + " and of another kind in another, and these are one group here; or a client has made"
              + " a table or tree of that name meanwhile");
    }
    return CallExitCode.OK;
  }
}
