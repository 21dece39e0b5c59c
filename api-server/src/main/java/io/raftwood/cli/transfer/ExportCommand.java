package io.raftwood.cli.transfer;

import com.alibaba.fastjson2.JSONObject;
import io.raftwood.backup.ArchivePage;
import io.raftwood.bytes.Bytes;
import io.raftwood.cli.backup.BackupRefusals;
import io.raftwood.cli.backup.ClusterFacts;
import io.raftwood.cli.backup.GroupReader;
import io.raftwood.cli.backup.Pace;
import io.raftwood.cli.call.CallExitCode;
import io.raftwood.cli.call.CallFailureException;
import io.raftwood.cli.call.CallOptions;
import io.raftwood.cli.call.CallSession;
import io.raftwood.cli.call.CallStreams;
import io.raftwood.kv.RecordItem;
import io.raftwood.tree.structure.TreeItem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code raftwood export}. */
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    description = {
      "Writes all records and trees of a running cluster to FILE as JSON lines, one for each record,"
          + " tree and entry of a tree; - is standard output. Needs the admin role.",
      "Records come by slot, so two clusters of any shape that hold the same write the same; each"
          + " group is of one moment. Expired records that are not purged yet are among them."
    },
    footer = {
      "",
      "  raftwood export all.jsonl --rate 20",
      "  raftwood export - | gzip >all.jsonl.gz",
      "",
      "An export that was interrupted leaves FILE.progress: run it again, and it goes on; the rest is"
          + " then of a later moment."
    })
public final class ExportCommand implements Callable<Integer> {
  private static final int RECORDS = 1;
  private static final int TREES = 4;

  private final CallStreams streams;
  @Spec private CommandSpec spec;
  @Mixin private CallOptions options;

  @Option(names = "--structure", description = "The nodes of trees, and their properties, too.")
  private boolean structure;

  @Option(
      names = "--rate",
      paramLabel = "MIB",
      defaultValue = "0",
      description = "At most so many mebibytes a second (default: as fast as it goes).")
  private double rate;

  @Parameters(paramLabel = "FILE")
  private String file;

  private ExportCommand(CallStreams streams) {
    this.streams = streams;
  }

  /** The command, to be added to a program. */
  public static CommandLine line(CallStreams streams) {
    return new CommandLine(new ExportCommand(streams));
  }

  @Override
  public Integer call() {
    CallSession session =
        new CallSession(options, streams, spec.commandLine().getErr(), new BackupRefusals());
    boolean terminal = streams.errTerminal().getAsBoolean();
    Pace pace = new Pace(spec.commandLine().getErr(), terminal, rate);
    try (ExportFile out = open()) {
      ClusterFacts cluster = ClusterFacts.ask(session);
      new Run(session, cluster, pace, out).all();
      out.done();
      pace.end();
      session.warn(
          String.format(Locale.ROOT, "raftwood: %d lines, %.1f s", out.lines(), pace.seconds()));
      return CallExitCode.OK;
    } catch (IOException | UncheckedIOException e) {
      throw new CallFailureException(CallExitCode.FAILED, "cannot write " + file + ": " + e);
    } finally {
      pace.end();
    }
  }

  private ExportFile open() throws IOException {
    if (file.equals("-")) {
      return ExportFile.to(streams.out());
    }
    Path path = Path.of(file);
    TransferState state = new TransferState(path.resolveSibling(path.getFileName() + ".progress"));
    JSONObject begun = state.load();
    if (Files.exists(path) && begun.isEmpty()) {
      throw new CallFailureException(CallExitCode.FAILED, file + " exists: give another name");
    }
    return ExportFile.to(path, state, begun);
  }

  /** One export. */
  private final class Run {
    private final CallSession session;
    private final ClusterFacts cluster;
    private final Pace pace;
    private final ExportFile out;
    private final ItemLines lines = new ItemLines(structure);

    Run(CallSession session, ClusterFacts cluster, Pace pace, ExportFile out) {
      this.session = session;
      this.cluster = cluster;
      this.pace = pace;
      this.out = out;
    }

    void all() throws IOException {
      Optional<ExportFile.Place> begun = out.begun(cluster.id());
      begun.flatMap(ExportFile.Place::tree).ifPresent(t -> lines.named(t.getKey(), t.getValue()));
      boolean skips = begun.isPresent();
      for (ClusterFacts.Group group : cluster.groups()) {
        boolean here = skips && begun.get().group().equals(group.name());
        if (!skips || here) {
          group(group, here ? begun.get() : ExportFile.Place.beginning(group.name()));
        }
        skips &= !here;
      }
    }

    /** From the first node that can be read to the end; another one goes on where one stopped. */
    private void group(ClusterFacts.Group group, ExportFile.Place from) throws IOException {
      ExportFile.Place place = from;
      CallFailureException last =
          new CallFailureException(CallExitCode.UNAVAILABLE, group.name() + " has no voters");
      for (String node : group.hosts()) {
        try (GroupReader reader =
            GroupReader.open(session, cluster.addresses().get(node), group.name())) {
          if (place.family() == RECORDS) {
            reader.read(RECORDS, place.after(), page -> write(group.name(), RECORDS, page));
            place = new ExportFile.Place(group.name(), TREES, Bytes.EMPTY, Optional.empty());
            out.reached(cluster.id(), place);
          }
          reader.read(TREES, place.after(), page -> write(group.name(), TREES, page));
          return;
        } catch (CallFailureException e) {
          session.warn("raftwood: " + group.name() + " on " + node + ": " + e.reason());
          last = e;
          place = out.last(group.name()).orElse(place);
        }
      }
      throw last;
    }

    private void write(String group, int family, ArchivePage page) {
      for (Bytes item : page.items()) {
        Optional<String> line =
            family == RECORDS
                ? Optional.of(ItemLines.of(RecordItem.decode(item)))
                : lines.of(TreeItem.decode(item));
        line.ifPresent(out::line);
      }
      pace.passed(group, page.items().stream().mapToLong(Bytes::length).sum(), page.items().size());
      page.next()
          .ifPresent(
              after ->
                  out.reached(
                      cluster.id(), new ExportFile.Place(group, family, after, lines.tree())));
    }
  }
}
