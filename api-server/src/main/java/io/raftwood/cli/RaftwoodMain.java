package io.raftwood.cli;

import com.alibaba.fastjson2.JSONException;
import io.raftwood.bench.compare.CompareCommand;
import io.raftwood.bench.load.LoadCommand;
import io.raftwood.bench.torture.TortureCommand;
import io.raftwood.cli.backup.BackupCommand;
import io.raftwood.cli.call.CallFailureException;
import io.raftwood.cli.call.CallStreams;
import io.raftwood.cli.kv.KvCommand;
import io.raftwood.cli.transfer.ExportCommand;
import io.raftwood.cli.transfer.ImportCommand;
import io.raftwood.cli.tree.TreeCommand;
import io.raftwood.server.ServerMain;
import io.raftwood.server.config.ConfigException;
import io.raftwood.server.log.StartupLogging;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** The program {@code raftwood}: finds the command, runs it, and turns failures into exit codes. */
@Command(
    name = "raftwood",
    mixinStandardHelpOptions = true,
    versionProvider = ProgramVersion.class,
    synopsisSubcommandLabel = "COMMAND",
    description = "A replicated store that speaks the hustdb-ha HTTP API and the DT API.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  raftwood dev                       a three-node cluster on this machine",
      "  raftwood server --config n1.yaml   one node in the foreground",
      "  raftwood config print --origin     every setting, its value, where it comes from",
      "  raftwood admin status              who leads what, how far everybody is",
      "  raftwood user add alice            who may use the HTTP port",
      "  raftwood kv put greeting hello     a record, and more: raftwood kv --help",
      "  raftwood tree insert fruit apple 1 an entry of a tree: raftwood tree --help",
      "  raftwood backup save now.backup    all records and trees as one file",
      "",
      "Exit codes: 0 ok, 1 failed or no, 2 usage, 3 unavailable; kv and tree have more.",
      "Variables: NO_COLOR, RAFTWOOD_HEAP (512m), RAFTWOOD_JAVA_OPTS, RAFTWOOD_ENDPOINTS,",
      "RAFTWOOD_USER, RAFTWOOD_PASSWORD."
    })
public final class RaftwoodMain implements Runnable {
  private final CliContext context;
  @Spec private CommandSpec spec;

  /** With everything that the commands need from outside. */
  public RaftwoodMain(CliContext context) {
    this.context = context;
  }

  /** Runs the command and ends the process with its exit code. */
  public static void main(String[] args) {
    boolean server = args.length > 0 && args[0].equals("server");
    if (!server) {
      // What a command prints is its result; no library adds to it.
      System.setProperty(StartupLogging.SILENT, "true");
    }
    Map<String, String> environment = System.getenv();
    CliContext context =
        new CliContext(
            ServerMain::run,
            () -> NodeLaunch.ofThisProgram(environment),
            environment,
            CallStreams.ofProcess());
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    System.exit(new RaftwoodMain(context).execute(out, err, args));
  }

  /** All commands: the one place where a new one is added. */
  private List<NamedCommand> commands() {
    CallStreams streams = context.streams();
    return List.of(
        new NamedCommand("server", () -> new ServerCommand(context)),
        new NamedCommand("dev", () -> new DevCommand(context)),
        new NamedCommand("config", () -> new ConfigCommand(context)),
        new NamedCommand("admin", () -> AdminCommand.line(context)),
        new NamedCommand("user", () -> new UserCommand(streams)),
        new NamedCommand("wipe", () -> new WipeCommand(context)),
        new NamedCommand("class-data", () -> new ClassDataCommand(context)),
        new NamedCommand(
            "kv", () -> KvCommand.line(streams).addSubcommand(new KvShellCommand(context))),
        new NamedCommand("tree", () -> TreeCommand.line(streams)),
        new NamedCommand("backup", () -> BackupCommand.line(streams)),
        new NamedCommand("export", () -> ExportCommand.line(streams)),
        new NamedCommand("import", () -> ImportCommand.line(streams)),
        new NamedCommand(
            "bench", () -> new CommandLine(new LoadCommand()).addSubcommand(new CompareCommand())),
        new NamedCommand("torture", () -> new TortureCommand(this::process)),
        new NamedCommand(
            "generate-completion", () -> new CommandLine(new GenerateCompletion()), true),
        new NamedCommand("man", ManCommand::new, true),
        new NamedCommand("version", VersionCommand::new));
  }

  private List<String> process(List<String> jvmFlags, List<String> arguments) {
    return context.launch().get().with(jvmFlags).command(arguments);
  }

  /**
   * The commands that {@code args} can mean. Making all of them takes picocli a second of CPU in a
   * JVM that has just begun, which a server's start and each call of {@code kv} would pay for.
   */
  private List<NamedCommand> wanted(String... args) {
    List<NamedCommand> all = commands();
    return all.stream()
        .filter(one -> args.length > 0 && one.name().equals(args[0]) && !one.readsAll())
        .findFirst()
        .map(List::of)
        .orElse(all);
  }

  /**
   * Runs the command that {@code args} name.
   *
   * @return the exit code
   */
  public int execute(PrintWriter out, PrintWriter err, String... args) {
    CommandLine line = new CommandLine(this);
    wanted(args).forEach(one -> line.addSubcommand(one.name(), one.command().get()));
    line.setOut(out).setErr(err);
    line.setUsageHelpAutoWidth(true);
    line.setDefaultValueProvider(new EnvironmentDefaults(context.environment()));
    line.setParameterExceptionHandler(RaftwoodMain::usageError);
    line.setExecutionExceptionHandler(RaftwoodMain::failure);
    return line.execute(args);
  }

  /** A command is always wanted. */
  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing");
  }

  private static int usageError(ParameterException e, String[] args) {
    CommandLine line = e.getCommandLine();
    String command = line.getCommandSpec().qualifiedName();
    line.getErr().println(command + ": " + e.getMessage());
    CommandLine.UnmatchedArgumentException.printSuggestions(e, line.getErr());
    line.getErr().println("Try '" + command + " --help'.");
    return CommandLine.ExitCode.USAGE;
  }

  private static int failure(Exception e, CommandLine line, ParseResult result) {
    if (e instanceof ConfigException) {
      line.getErr().println("raftwood: configuration: " + e.getMessage());
      return ExitCode.FAILED;
    }
    if (e instanceof CommandFailedException failed) {
      line.getErr().println("raftwood: " + failed.getMessage());
      return failed.exitCode();
    }
    if (e instanceof CallFailureException failed) {
      return callFailure(failed, line);
    }
    if (e instanceof JSONException) {
      line.getErr()
          .println("raftwood: a node's answer is not what was expected: " + e.getMessage());
      return ExitCode.FAILED;
    }
    line.getErr().println("raftwood: internal error: " + e);
    Arrays.stream(e.getStackTrace()).limit(20).forEach(f -> line.getErr().println("    at " + f));
    return ExitCode.FAILED;
  }

  private static int callFailure(CallFailureException e, CommandLine line) {
    String command = line.getCommandSpec().qualifiedName();
    if (!e.getMessage().isEmpty()) {
      line.getErr().println("raftwood: " + e.getMessage());
    }
    if (e.exitCode() == CommandLine.ExitCode.USAGE) {
      line.getErr().println("Try '" + command + " --help'.");
    }
    return e.exitCode();
  }

  /**
   * A command that is made only if it is wanted.
   *
   * @param readsAll whether it needs all the others beside it
   */
  private record NamedCommand(String name, Supplier<Object> command, boolean readsAll) {
    NamedCommand(String name, Supplier<Object> command) {
      this(name, command, false);
    }
  }
}
