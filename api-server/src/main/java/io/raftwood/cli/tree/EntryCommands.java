package io.raftwood.cli.tree;

import com.alibaba.fastjson2.JSONArray;
import com.alibaba.fastjson2.JSONException;
import com.alibaba.fastjson2.JSONObject;
import io.raftwood.bytes.Bytes;
import io.raftwood.cli.call.CallExitCode;
import io.raftwood.cli.call.CallFailureException;
import io.raftwood.cli.call.CallOptions;
import io.raftwood.cli.call.CallRequest;
import io.raftwood.cli.call.CallStreams;
import io.raftwood.cli.call.Cell;
import io.raftwood.cli.call.Target;
import io.raftwood.cli.call.ValueOptions;
import io.raftwood.cli.call.WriteOptions;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The commands of {@code raftwood tree} on one entry. */
@Command
abstract class EntryCommands {
  /** How commands name the tree. */
  static final String TREE = "TREE";

  private static final int VALUE_MAX = 1_048_576;
  private static final String KEY = "KEY";
  private static final String VALUE = "VALUE";

  private final CallStreams streams;
  @Spec private CommandSpec spec;

  /** With {@code streams}. */
  EntryCommands(CallStreams streams) {
    this.streams = streams;
  }

  /** This command, for its subcommands. */
  final CommandLine line() {
    return spec.commandLine();
  }

  @Command(
      name = "get",
      mixinStandardHelpOptions = true,
      description = "Prints the value of KEY.",
      footer = {
        "",
        "  raftwood tree get fruit apple -o json    with its version and its leaf",
        "",
        "Exit code 7 if there is no such tree or key."
      })
  int get(
      @Mixin TreeReadOptions options,
      @Parameters(paramLabel = TREE) String tree,
      @Parameters(paramLabel = KEY) String key) {
    Entry entry = Entry.of(options.call(), tree, key);
    TreeSession session = session(options.call());
    JSONObject found = session.send(entry.in(options.request("get", entry.target())));
    if (found.get("data") == null) {
      throw entry.absent();
    }
    return session.one(
        TreeSession.text("value", found.getString("data")),
        entry.cell(),
        Cell.of("version", found.getLongValue("version")),
        Cell.word("node", found.getString("node")));
  }

  @Command(
      name = "insert",
      mixinStandardHelpOptions = true,
      description = {
        "Adds KEY with a value and prints the id of the leaf that holds it.",
        "A key that is there keeps its value: exit code 5."
      },
      footer = {
        "",
        "  raftwood tree insert fruit apple 'red one'",
        "  raftwood tree insert notes today - <today.txt",
        "  raftwood tree insert seen page:1 ''      the empty value is a value"
      })
  int insert(
      @Mixin WriteOptions options,
      @Mixin ValueOptions source,
      @Parameters(paramLabel = TREE) String tree,
      @Parameters(paramLabel = KEY) String key,
      @Parameters(
              paramLabel = VALUE,
              arity = "0..1",
              description = "The value; - reads it from standard input.")
          Optional<String> value) {
    Entry entry = Entry.of(options.call(), tree, key);
    CallRequest request =
        write("insert", entry, options).withField("value", value(source, value, options.call()));
    TreeSession session = session(options.call());
    String leaf = session.send(request).getString("data");
    if (leaf == null) {
      throw new CallFailureException(
          CallExitCode.CONFLICT,
          entry.target().text()
              + " is there already and keeps its value; '"
              + entry.target().reading()
              + "' shows it, 'raftwood tree cas' changes it");
    }
    return session.one(Cell.word("node", leaf), entry.cell());
  }

  @Command(
      name = "delete",
      mixinStandardHelpOptions = true,
      description = {
        "Deletes KEY and prints true. Exit code 7 if it is not there.",
        "With --old only if its value is that: else exit code 5, and nothing is changed."
      })
  int delete(
      @Mixin WriteOptions options,
      @Option(names = "--old", paramLabel = VALUE, description = "Only this value is deleted.")
          Optional<String> old,
      @Parameters(paramLabel = TREE) String tree,
      @Parameters(paramLabel = KEY) String key) {
    Entry entry = Entry.of(options.call(), tree, key);
    CallRequest request = withOld(write("delete", entry, options), old, options.call());
    TreeSession session = session(options.call());
    if (!session.send(request).getBooleanValue("existed")) {
      throw entry.absent();
    }
    return session.one(Cell.of("deleted", true), entry.cell());
  }

  @Command(
      name = "cas",
      mixinStandardHelpOptions = true,
      description = {
        "Gives KEY another value if it has the one that is expected, and prints true.",
        "Else exit code 5, and nothing is changed."
      },
      footer = {
        "",
        "  raftwood tree cas jobs 17 done --old running",
        "  raftwood tree cas locks door me --absent    only if nobody has it"
      })
  int cas(
      @Mixin WriteOptions options,
      @Mixin ValueOptions source,
      @Option(names = "--old", paramLabel = VALUE, description = "The value that is expected.")
          Optional<String> old,
      @Option(names = "--absent", description = "KEY is expected not to be there, and is added.")
          boolean absent,
      @Parameters(paramLabel = TREE) String tree,
      @Parameters(paramLabel = KEY) String key,
      @Parameters(
              paramLabel = VALUE,
              arity = "0..1",
              description = "The new value; - reads it from standard input.")
          Optional<String> value) {
    if (old.isPresent() == absent) {
      throw CallFailureException.usage("give one of --old VALUE and --absent");
    }
    Entry entry = Entry.of(options.call(), tree, key);
    CallRequest request = withOld(write("setcas", entry, options), old, options.call());
    TreeSession session = session(options.call());
    session.send(request.withField("value", value(source, value, options.call())));
    return session.one(Cell.of("changed", true), entry.cell());
  }

  @Command(
      name = "seek",
      mixinStandardHelpOptions = true,
      description = {
        "Prints the keys next to KEY, on either side, and whether KEY itself is there.",
        "No key is there where a neighbour is empty; without KEY: before all keys."
      },
      footer = {"", "raw form: previous key, tab, next key, tab, true or false."})
  int seek(
      @Mixin TreeReadOptions options,
      @Parameters(paramLabel = TREE) String tree,
      @Parameters(paramLabel = KEY, arity = "0..1", defaultValue = "") String key) {
    Bytes name = options.call().text(TREE, tree);
    Entry entry = new Entry(name, options.call().anyBytes(key));
    TreeSession session = session(options.call());
    JSONObject found = session.send(entry.in(options.request("seek", entry.target())));
    JSONArray keys = found.getJSONArray("data");
    if (keys == null || keys.size() != 2) {
      throw new JSONException("neighbours are not two");
    }
    session.row(
        List.of(
            TreeSession.text("previous", keys.getString(0)),
            TreeSession.text("next", keys.getString(1)),
            Cell.of("exact", found.getBooleanValue("exact"))));
    session.end();
    return CallExitCode.OK;
  }

  private static CallRequest write(String name, Entry entry, WriteOptions options) {
    return entry.in(CallRequest.write("/dt/" + name, entry.target(), options.idempotencyKey()));
  }

  private static CallRequest withOld(
      CallRequest request, Optional<String> old, CallOptions options) {
    return old.map(text -> request.withField("old_value", options.anyBytes(text))).orElse(request);
  }

  private Bytes value(ValueOptions source, Optional<String> value, CallOptions options) {
    return source.value(value, options, streams.in(), VALUE_MAX);
  }

  /** What a command sends and prints by. */
  final TreeSession session(CallOptions options) {
    return new TreeSession(options, streams, spec.commandLine().getErr());
  }

  /** A key in a tree. */
  private record Entry(Bytes tree, Bytes key) {
    static Entry of(CallOptions options, String tree, String key) {
      return new Entry(options.text(TREE, tree), options.bytes(KEY, key));
    }

    Target target() {
      return TreeTarget.key(tree, key);
    }

    CallRequest in(CallRequest request) {
      return request.withField("tree_id", tree).withField("key", key);
    }

    Cell cell() {
      return Cell.of("key", key);
    }

    CallFailureException absent() {
      return new CallFailureException(
          CallExitCode.NOT_FOUND,
          target().text() + " does not exist; '" + target().listing() + "' shows what does");
    }
  }
}
