package io.raftwood.cli.transfer;

import io.raftwood.cli.backup.BackupRefusals;
import io.raftwood.cli.backup.Pace;
import io.raftwood.cli.call.CallExitCode;
import io.raftwood.cli.call.CallFailureException;
import io.raftwood.cli.call.CallOptions;
import io.raftwood.cli.call.CallSession;
import io.raftwood.cli.call.CallStreams;
import io.raftwood.cli.call.CredentialOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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

/** {@code raftwood import}. */
@Command(
    name = "import",
    mixinStandardHelpOptions = true,
    description = {
      "Puts the JSON lines of FILE (- is standard input), as 'raftwood export' writes them, or the"
          + " records of a running hustdb, into a running cluster. Needs the admin role.",
      "A record comes with its version, unless one of that version or a higher one is there; a key of"
          + " a tree that is there keeps its value. Revisions and the ids of tree nodes are new."
    },
    footer = {
      "",
      "  raftwood import all.jsonl",
      "  raftwood import --from-hustdb 10.0.9.1:8082 --state hustdb.state",
      "",
      "hustdb's listings say no expiry: what comes from there never expires. Nobody should write"
          + " there meanwhile. An import that was interrupted leaves FILE.imported, or the file of"
          + " --state: run it again, and it goes on."
    })
public final class ImportCommand implements Callable<Integer> {
  private final CallStreams streams;
  @Spec private CommandSpec spec;
  @Mixin private CallOptions options;

  @Option(names = "--overwrite", description = "Records replace what is there, whatever version.")
  private boolean overwrite;

  @Option(
      names = "--from-hustdb",
      split = ",",
      paramLabel = "HOST:PORT",
      description = "HTTP addresses of a hustdb, or of a Raftwood, asked in turn.")
  private List<String> source = List.of();

  @Option(names = "--from-user", paramLabel = "NAME", description = "As whom to ask there.")
  private Optional<String> sourceUser = Optional.empty();

  @Option(
      names = "--from-password-file",
      paramLabel = "FILE",
      description = "The password there is its first line.")
  private Optional<Path> sourcePassword = Optional.empty();

  @Option(
      names = "--state",
      paramLabel = "FILE",
      description = "Where to keep how far the import is (default: FILE.imported).")
  private Optional<Path> state = Optional.empty();

  @Option(
      names = "--rate",
      paramLabel = "MIB",
      defaultValue = "0",
      description = "At most so many mebibytes a second (default: as fast as it goes).")
  private double rate;

  @Parameters(arity = "0..1", paramLabel = "FILE")
  private Optional<String> file = Optional.empty();

  private ImportCommand(CallStreams streams) {
    this.streams = streams;
  }

  /** The command, to be added to a program. */
  public static CommandLine line(CallStreams streams) {
    return new CommandLine(new ImportCommand(streams));
  }

  @Override
  public Integer call() {
    if (file.isPresent() == !source.isEmpty()) {
      throw CallFailureException.usage("give either FILE or --from-hustdb");
    }
    CallSession session =
        new CallSession(options, streams, spec.commandLine().getErr(), new BackupRefusals());
    boolean terminal = streams.errTerminal().getAsBoolean();
    Pace pace = new Pace(spec.commandLine().getErr(), terminal, rate);
    ImportSink sink = new ImportSink(session, overwrite);
    try {
      if (file.isPresent()) {
        fromFile(file.get(), new FileImport(sink, pace), pace);
      } else {
        new HustdbImport(new HustdbSource(source(session)), sink, pace)
            .run(new TransferState(state.orElse(Path.of("hustdb-import.state"))));
      }
    } catch (IOException e) {
      throw new CallFailureException(CallExitCode.FAILED, "cannot read " + file.get() + ": " + e);
    } finally {
      pace.end();
    }
    return report(sink, pace);
  }

  private CallSession source(CallSession session) {
    Optional<String> authorization =
        sourceUser.map(
            name ->
                CredentialOptions.header(
                    name,
                    CredentialOptions.firstLine(
                        "--from-password-file",
                        sourcePassword.orElseThrow(
                            () ->
                                CallFailureException.usage(
                                    "--from-user needs --from-password-file")))));
    return session.to(source, authorization, new HustdbSource.SourceRefusals());
  }

  private void fromFile(String name, FileImport lines, Pace pace) throws IOException {
    if (name.equals("-")) {
      lines.run(streams.in(), Long.MAX_VALUE, state.map(TransferState::new));
      return;
    }
    Path path = Path.of(name);
    Path kept = state.orElse(path.resolveSibling(path.getFileName() + ".imported"));
    pace.expect(Files.size(path));
    try (InputStream in = Files.newInputStream(path)) {
      lines.run(in, Files.size(path), Optional.of(new TransferState(kept)));
    }
  }

  private int report(ImportSink sink, Pace pace) {
    spec.commandLine()
        .getOut()
        .printf(Locale.ROOT, "imported: %s, %.1f s%n", sink.counts(), pace.seconds());
    spec.commandLine().getOut().flush();
    if (sink.refused() > 0) {
      throw new CallFailureException(
          CallExitCode.FAILED,
          sink.refused() + " records were refused: a table of that name holds another kind here");
    }
    return CallExitCode.OK;
  }
}
