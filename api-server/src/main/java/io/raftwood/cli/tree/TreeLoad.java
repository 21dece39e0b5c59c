package io.raftwood.cli.tree;

import com.alibaba.fastjson2.JSONObject;
import io.raftwood.bytes.Bytes;
import io.raftwood.cli.call.CallExitCode;
import io.raftwood.cli.call.CallFailureException;
import io.raftwood.cli.call.CallOptions;
import io.raftwood.cli.call.CallRequest;
import io.raftwood.cli.call.CallStreams;
import io.raftwood.cli.call.Cell;
import io.raftwood.cli.call.WriteOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code raftwood tree load}. */
@Command(
    name = "load",
    mixinStandardHelpOptions = true,
    description = {
      "Adds an entry for each line of FILE, or of standard input if FILE is -, and prints how many"
          + " there were: lines, inserted, existing. A key that is there keeps its value.",
      "A line is: key, tab, value, both percent-encoded UTF-8 (%%09 for a tab, %%0A for a line"
          + " feed, %%25 for %%; all but control characters may stand for itself)."
    },
    footer = {
      "",
      "  raftwood tree load words --create --plain /usr/share/dict/words",
      "  raftwood tree range words --encoded | raftwood tree load copy --create -",
      "",
      "The file goes out in parts, one after another; on a terminal a line shows how far it is."
          + " The first malformed line ends the command and is named by its number: all lines"
          + " before its part are in the tree then, none of its part. To go on, mend the line and"
          + " load the whole file again: what is there is only counted. So too if the outcome of a"
          + " part stays unknown (exit code 6)."
    })
final class TreeLoad implements Callable<Integer> {
  private static final int LINES_MAX = 100_000;
  private static final Pattern LINE = Pattern.compile("line ([0-9]{1,9}): (.*)");

  private final CallStreams streams;
  @Spec private CommandSpec spec;
  @Mixin private CallOptions options;

  @Option(
      names = "--plain",
      description = "Lines are text as it is, nothing percent-encoded: a key, or key, tab, value.")
  private boolean plain;

  @Option(
      names = "--value",
      paramLabel = "VALUE",
      defaultValue = "",
      description = "The value for lines without a tab, with --plain (default: empty).")
  private String value;

  @Option(names = "--create", description = "Create the tree if it is not there.")
  private boolean create;

  @Option(
      names = "--part-lines",
      paramLabel = "N",
      defaultValue = "10000",
      description =
          "At most so many lines in a part, 1..100000; it also ends at a mebibyte (default:"
              + " ${DEFAULT-VALUE}).")
  private int partLines;

  @Parameters(index = "0", paramLabel = "TREE")
  private String tree;

  @Parameters(index = "1", paramLabel = "FILE")
  private String file;

  /** With {@code streams}. */
  TreeLoad(CallStreams streams) {
    this.streams = streams;
  }

  @Override
  public Integer call() {
    if (partLines < 1 || partLines > LINES_MAX) {
      throw CallFailureException.usage("--part-lines: " + partLines + " is not within 1..100000");
    }
    if (!plain && !value.isEmpty()) {
      throw CallFailureException.usage("--value is for lines without a tab: give --plain too");
    }
    Bytes name = options.text("TREE", tree);
    LoadChunks.Form form = new LoadChunks.Form(plain, options.anyBytes(value));
    TreeSession session = new TreeSession(options, streams, spec.commandLine().getErr());
    if (file.equals("-")) {
      return load(session, name, new LoadChunks(streams.in(), form, partLines), progress(-1));
    }
    Path path = Path.of(file);
    try (InputStream in = Files.newInputStream(path)) {
      long size = Files.isRegularFile(path) ? Files.size(path) : -1;
      return load(session, name, new LoadChunks(in, form, partLines), progress(size));
    } catch (IOException e) {
      throw new CallFailureException(CallExitCode.FAILED, "cannot read " + file + ": " + e);
    }
  }

  private LoadProgress progress(long size) {
    return new LoadProgress(
        spec.commandLine().getErr(),
        streams.errTerminal().getAsBoolean(),
        size < 0 ? OptionalLong.empty() : OptionalLong.of(size));
  }

  private int load(TreeSession session, Bytes name, LoadChunks chunks, LoadProgress progress) {
    if (create) {
      session.send(write("create", name, WriteOptions.randomKey()).withField("tree_id", name));
    }
    String key = WriteOptions.randomKey();
    long lines = 0;
    long inserted = 0;
    long existing = 0;
    try {
      for (var chunk = chunks.next(); chunk.isPresent(); chunk = chunks.next()) {
        JSONObject counts = send(session, name, chunk.get(), key);
        lines = chunk.get().lastLine();
        inserted += counts.getLongValue("inserted");
        existing += counts.getLongValue("existing");
        progress.at(lines, chunks.bytesRead());
      }
    } finally {
      progress.end();
    }
    session.row(
        List.of(
            Cell.of("lines", lines), Cell.of("inserted", inserted), Cell.of("existing", existing)));
    session.end();
    return CallExitCode.OK;
  }

  private static CallRequest write(String call, Bytes name, String key) {
    return CallRequest.write("/dt/" + call, TreeTarget.tree(name), key);
  }

  /** Sends a part until it is known that it is loaded; the same key makes that safe. */
  private JSONObject send(TreeSession session, Bytes name, LoadChunks.Chunk chunk, String key) {
    CallRequest request =
        write("load", name, key + "-" + chunk.firstLine())
            .with("tree_id", name)
            .withBody(chunk.body());
    try {
      return session.send(request).getJSONObject("data");
    } catch (CallFailureException e) {
      throw explained(e, chunk);
    }
  }

  private CallFailureException explained(CallFailureException e, LoadChunks.Chunk chunk) {
    long before = chunk.firstLine() - 1;
    String done = before == 0 ? "nothing is loaded" : lines(1, before, "is loaded", "are loaded");
    Optional<String> line = malformed(e, before);
    if (line.isPresent()) {
      String loaded = done + (before == 0 ? "" : ", nothing behind them");
      return new CallFailureException(
          CallExitCode.FAILED,
          file
              + ": "
              + line.get()
              + "; "
              + loaded
              + ": mend the line and load the file again"
              + (plain ? "" : "; is it plain text? See --plain"));
    }
    boolean unknown = e.exitCode() == CallExitCode.UNKNOWN;
    String maybe =
        unknown ? ", " + lines(chunk.firstLine(), chunk.lastLine(), "may be", "may be") : "";
    // Another advice than for one request, which has to be repeated under its key.
    return new CallFailureException(
        e.exitCode(), e.reason() + "\n" + done + maybe + "; load the file again to have all of it");
  }

  private static String lines(long first, long last, String one, String many) {
    return first == last
        ? "line " + first + " " + one
        : "lines " + first + " to " + last + " " + many;
  }

  /** What is wrong with a line, by its number in the file. */
  private static Optional<String> malformed(CallFailureException e, long before) {
    Matcher line = LINE.matcher(e.getMessage());
    return e.token().equals(TreeRefusals.MALFORMED_LINE) && line.matches()
        ? Optional.of("line " + (before + Long.parseLong(line.group(1))) + ": " + line.group(2))
        : Optional.empty();
  }
}
