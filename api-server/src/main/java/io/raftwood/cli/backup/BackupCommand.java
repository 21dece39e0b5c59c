package io.raftwood.cli.backup;

import io.raftwood.cli.call.CallExitCode;
import io.raftwood.cli.call.CallFailureException;
import io.raftwood.cli.call.CallOptions;
import io.raftwood.cli.call.CallSession;
import io.raftwood.cli.call.CallStreams;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code raftwood backup}. */
@Command(
    name = "backup",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = {
      "Backups of a running cluster, as one file: all records and trees, with versions, revisions,"
          + " expiries and the trees' structure. Not the cache; users and nodes are only named.",
      "Each group is of one moment, in which everything acknowledged before the command is; the"
          + " groups' moments differ. Needs the admin role."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  raftwood backup save monday.backup --endpoints 10.0.0.1:8082,10.0.0.2:8082 --rate 20",
      "  raftwood backup inspect monday.backup",
      "  raftwood backup restore monday.backup --endpoints 10.0.1.1:8082",
      "",
      "Exit codes: 0 done, 1 refused, or it cannot be done, 2 usage, 3 no node could answer,",
      "6 outcome unknown: run the restore again."
    })
public final class BackupCommand implements Runnable {
  private final CallStreams streams;
  @Spec private CommandSpec spec;

  private BackupCommand(CallStreams streams) {
    this.streams = streams;
  }

  /** The command with all below it, to be added to a program. */
  public static CommandLine line(CallStreams streams) {
    return new CommandLine(new BackupCommand(streams));
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "a command is missing: save, inspect, restore");
  }

  @Command(
      name = "save",
      mixinStandardHelpOptions = true,
      description = {
        "Writes a backup to FILE, which must not exist; it appears when it is whole.",
        "The nodes that --endpoints name say which others there are; each group is read from a"
            + " follower, at the address that the cluster knows it by."
      })
  int save(
      @Mixin CallOptions options,
      @Option(
              names = "--rate",
              paramLabel = "MIB",
              defaultValue = "0",
              description = "At most so many mebibytes a second (default: as fast as it goes).")
          double rate,
      @Parameters(paramLabel = "FILE") Path file) {
    Pace pace = pace(rate);
    try {
      return new BackupSave(session(options), pace, out()).run(file);
    } catch (IOException e) {
      throw failure("cannot write " + file, e);
    } finally {
      pace.end();
    }
  }

  @Command(
      name = "inspect",
      mixinStandardHelpOptions = true,
      description = "Verifies every byte of a backup and prints its manifest.",
      footer = {"", "Exit code 1 if it is damaged."})
  int inspect(@Parameters(paramLabel = "FILE") Path file) {
    Pace pace = pace(0);
    try (BackupReader reader = new BackupReader(file)) {
      Manifest manifest = BackupRestore.verify(reader, pace);
      pace.end();
      out().print(manifest.encode().toUtf8());
      out().flush();
      return CallExitCode.OK;
    } catch (IOException e) {
      throw failure("cannot read " + file, e);
    } finally {
      pace.end();
    }
  }

  @Command(
      name = "restore",
      mixinStandardHelpOptions = true,
      description = {
        "Verifies every byte of a backup, then puts all of it into a new cluster that holds"
            + " nothing, of any number of nodes and groups.",
        "Versions, revisions, expiries and the ids of tree nodes stay as they were; what is written"
            + " afterwards gets higher revisions. Records whose time is over are left out.",
        "If it is interrupted, run it again. Let clients in when it has ended."
      })
  int restore(
      @Mixin CallOptions options,
      @Option(
              names = "--rate",
              paramLabel = "MIB",
              defaultValue = "0",
              description = "At most so many mebibytes a second (default: as fast as it goes).")
          double rate,
      @Parameters(paramLabel = "FILE") Path file) {
    Pace pace = pace(0);
    try (BackupReader reader = new BackupReader(file)) {
      Manifest manifest = BackupRestore.verify(reader, pace);
      pace.end();
      pace = pace(rate);
      return new BackupRestore(session(options), pace, out()).run(reader, manifest);
    } catch (IOException e) {
      throw failure("cannot read " + file, e);
    } finally {
      pace.end();
    }
  }

  private CallSession session(CallOptions options) {
    return new CallSession(options, streams, spec.commandLine().getErr(), new BackupRefusals());
  }

  private Pace pace(double rate) {
    if (rate < 0) {
      throw CallFailureException.usage("--rate: " + rate + " is below 0");
    }
    return new Pace(spec.commandLine().getErr(), streams.errTerminal().getAsBoolean(), rate);
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }

  private static CallFailureException failure(String what, IOException e) {
    return new CallFailureException(CallExitCode.FAILED, what + ": " + e);
  }
}
