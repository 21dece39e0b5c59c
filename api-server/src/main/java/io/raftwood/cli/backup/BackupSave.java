package io.raftwood.cli.backup;

import com.alibaba.fastjson2.JSON;
import com.alibaba.fastjson2.JSONArray;
import com.alibaba.fastjson2.JSONObject;
import io.raftwood.backup.ArchivePage;
import io.raftwood.bytes.Bytes;
import io.raftwood.cli.call.CallExitCode;
import io.raftwood.cli.call.CallFailureException;
import io.raftwood.cli.call.CallRequest;
import io.raftwood.cli.call.CallSession;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;

/** {@code raftwood backup save}. For one thread. */
final class BackupSave {
  private static final double MIB = 1 << 20;

  private final CallSession session;
  private final Pace pace;
  private final PrintWriter out;

  BackupSave(CallSession session, Pace pace, PrintWriter out) {
    this.session = session;
    this.pace = pace;
    this.out = out;
  }

  /** Writes {@code file}; the exit code. */
  int run(Path file) throws IOException {
    if (Files.exists(file)) {
      throw new CallFailureException(CallExitCode.FAILED, file + " exists: give another name");
    }
    ClusterFacts cluster = ClusterFacts.ask(session);
    JSONObject facts = facts(cluster);
    JSONArray views = new JSONArray();
    if (pace.isShown()) {
      pace.expectItems(items(cluster));
    }
    try (BackupWriter writer = new BackupWriter(file)) {
      for (ClusterFacts.Group group : cluster.groups()) {
        views.add(group(cluster, group, writer));
      }
      facts.put("groups", views);
      report(file, writer.finish(facts));
    }
    return CallExitCode.OK;
  }

  private JSONObject facts(ClusterFacts cluster) {
    JSONObject facts = new JSONObject();
    facts.put("created", Instant.now().toString());
    facts.put("cluster", cluster.map());
    CallRequest users = CallRequest.read("/admin/users", ClusterFacts.CLUSTER);
    facts.put("users", JSON.parseArray(session.send(users).body().toUtf8()));
    return facts;
  }

  /** About how many items there will be; a group that cannot be asked now counts as empty. */
  private long items(ClusterFacts cluster) {
    long items = 0;
    for (ClusterFacts.Group group : cluster.groups()) {
      if (group.hosts().isEmpty()) {
        continue;
      }
      String endpoint = cluster.addresses().get(group.hosts().get(0));
      try (GroupReader reader = GroupReader.open(session, endpoint, group.name())) {
        items += reader.view().getLongValue("items");
      } catch (CallFailureException e) {
        // It is asked again, at other nodes too, when it is read.
      }
    }
    return items;
  }

  /** Reads a group from the first node that can be read to the end; what was read. */
  private JSONObject group(ClusterFacts cluster, ClusterFacts.Group group, BackupWriter writer)
      throws IOException {
    int before = writer.parts();
    CallFailureException last =
        new CallFailureException(CallExitCode.UNAVAILABLE, group.name() + " has no voters");
    for (String node : group.hosts()) {
      try {
        writer.rewind(before);
        return read(node, cluster.addresses().get(node), group.name(), writer);
      } catch (CallFailureException e) {
        if (e.exitCode() == CallExitCode.USAGE) {
          throw e;
        }
        session.warn("raftwood: " + group.name() + " on " + node + ": " + e.reason());
        last = e;
      } catch (UncheckedIOException e) {
        throw e.getCause();
      }
    }
    throw last;
  }

  private JSONObject read(String node, String endpoint, String group, BackupWriter writer)
      throws IOException {
    try (GroupReader reader = GroupReader.open(session, endpoint, group)) {
      for (int family : Manifest.FAMILIES) {
        reader.read(family, Bytes.EMPTY, page -> write(writer, group, page));
        writer.endPart(group, family);
      }
      JSONObject view = new JSONObject(reader.view());
      view.remove("view");
      view.remove("items");
      view.put("node", node);
      return view;
    }
  }

  private void write(BackupWriter writer, String group, ArchivePage page) {
    try {
      if (!page.items().isEmpty()) {
        Bytes payload = ArchivePage.encodeItems(page.items());
        writer.page(payload, page.items().size());
        pace.passed(group, payload.length(), page.items().size());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void report(Path file, Manifest manifest) throws IOException {
    pace.end();
    out.printf(
        Locale.ROOT,
        "saved %d records and %d parts of trees of %d groups in %s: %.1f MiB, %.1f s%n",
        manifest.items(Manifest.FAMILIES.get(0)),
        manifest.items(Manifest.FAMILIES.get(1)),
        manifest.views().size(),
        file,
        Files.size(file) / MIB,
        pace.seconds());
    out.flush();
  }
}
