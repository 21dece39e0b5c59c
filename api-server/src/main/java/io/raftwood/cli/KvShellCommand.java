package io.raftwood.cli;

import io.raftwood.cli.call.CallStreams;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code raftwood kv shell}. */
@Command(
    name = "shell",
    mixinStandardHelpOptions = true,
    description = {
      "Runs kv commands line by line: put greeting hello, get greeting, help, exit.",
      "On a terminal with history, editing and completion (TAB). Otherwise it reads lines until the",
      "first that fails."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  raftwood kv shell -e 10.0.0.1:8082,10.0.0.2:8082 --user ann",
      "  raftwood kv shell --keep-going <commands.txt",
      "",
      "Words are parted by blanks; '...' and \"...\" keep them together. Backslashes stand for bytes,",
      "as tables show them: \\n \\r \\t \\xNN, and \\' \\\" \\\\ for themselves. So any record can be named:",
      "  put 'a key' \"line\\n\\xff\"",
      "A line that begins with # is skipped. A value of - is refused: lines come from there.",
      "",
      "Exit codes: 0, or that of the first line that failed; with --keep-going of the last."
    })
final class KvShellCommand implements Callable<Integer> {
  private static final String NAME = "shell";
  private static final List<String> ENDINGS = List.of("exit", "quit");

  private final CliContext context;
  @Spec private CommandSpec spec;

  @Option(
      names = {"-e", "--endpoints"},
      paramLabel = "HOST:PORT,...",
      description = "HTTP addresses of nodes, for all lines.")
  private Optional<String> endpoints = Optional.empty();

  @Option(names = "--user", paramLabel = "NAME", description = "As whom to ask, for all lines.")
  private Optional<String> user = Optional.empty();

  @Option(
      names = "--password-file",
      paramLabel = "FILE",
      description = "The password is its first line; without it: the variable RAFTWOOD_PASSWORD.")
  private Optional<String> passwordFile = Optional.empty();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORM",
      description = "table, json or raw, for all lines.")
  private Optional<String> output = Optional.empty();

  @Option(names = "--keep-going", description = "Goes on after a line that fails.")
  private boolean keepGoing;

  @Option(
      names = "--no-history",
      description = "Keeps no lines on the disk; nor is one kept that begins with a blank.")
  private boolean noHistory;

  KvShellCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws IOException {
    boolean typed = context.streams().terminal().getAsBoolean() && System.console() != null;
    try (ShellLines lines = typed ? typed() : piped()) {
      return run(lines, typed);
    }
  }

  private ShellLines typed() throws IOException {
    return TerminalLines.open(
        spec.parent(), noHistory ? Optional.empty() : Optional.of(historyFile()));
  }

  private Path historyFile() {
    Map<String, String> environment = context.environment();
    String state = environment.getOrDefault("XDG_STATE_HOME", "");
    Path base =
        state.isEmpty()
            ? Path.of(environment.getOrDefault("HOME", "."), ".local", "state")
            : Path.of(state);
    return base.resolve("raftwood").resolve("kv-history");
  }

  private ShellLines piped() {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(context.streams().in(), StandardCharsets.UTF_8));
    return new ShellLines() {
      @Override
      public Optional<String> next() throws IOException {
        return Optional.ofNullable(in.readLine());
      }

      @Override
      public void close() {
        // Standard input is the process's.
      }
    };
  }

  private int run(ShellLines lines, boolean typed) throws IOException {
    PrintWriter err = spec.commandLine().getErr();
    int exitCode = ExitCode.OK;
    int number = 0;
    for (Optional<String> line = lines.next(); line.isPresent(); line = lines.next()) {
      number++;
      int code = ExitCode.OK;
      try {
        List<String> words = ShellWords.of(line.get());
        if (words.size() == 1 && ENDINGS.contains(words.get(0))) {
          break;
        }
        code = words.isEmpty() ? ExitCode.OK : execute(words);
      } catch (IllegalArgumentException e) {
        err.println("raftwood kv: " + e.getMessage());
        code = CommandLine.ExitCode.USAGE;
      }
      if (code != ExitCode.OK && !typed) {
        err.println("raftwood kv shell: line " + number + " ended with " + code);
        err.flush();
        exitCode = code;
        if (!keepGoing) {
          return exitCode;
        }
      }
    }
    return exitCode;
  }

  private int execute(List<String> words) {
    if (words.get(0).equals(NAME)) {
      throw new IllegalArgumentException("this is the shell");
    }
    List<String> args = new ArrayList<>(List.of("kv"));
    if (words.get(0).equals("help")) {
      args.addAll(words.subList(1, words.size()));
      args.add("--help");
    } else {
      args.addAll(words);
      addEncoding(args);
    }
    CliContext ofLines =
        new CliContext(
            context.runner(),
            context.launch(),
            environment(),
            new CallStreams(
                new TakenInput(),
                context.streams().out(),
                context.streams().terminal(),
                context.streams().errTerminal()));
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    int code = new RaftwoodMain(ofLines).execute(out, err, args.toArray(String[]::new));
    out.flush();
    err.flush();
    return code;
  }

  /** Unless the line says otherwise, its words are read as tables show them. */
  private static void addEncoding(List<String> args) {
    boolean said = args.stream().anyMatch(arg -> arg.startsWith("--encoding"));
    if (!said) {
      int end = args.indexOf("--");
      args.addAll(end < 0 ? args.size() : end, List.of("--encoding", "escaped"));
    }
  }

  private Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>(context.environment());
    endpoints.ifPresent(value -> environment.put("RAFTWOOD_ENDPOINTS", value));
    user.ifPresent(value -> environment.put("RAFTWOOD_USER", value));
    passwordFile.ifPresent(value -> environment.put("RAFTWOOD_PASSWORD_FILE", value));
    output.ifPresent(value -> environment.put("RAFTWOOD_OUTPUT", value));
    return environment;
  }

  /** Standard input, which the shell itself reads. */
  private static final class TakenInput extends InputStream {
    @Override
    public int read() throws IOException {
      throw new IOException("the shell reads its lines from there: use --file");
    }
  }
}
