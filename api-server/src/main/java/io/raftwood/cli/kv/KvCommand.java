package io.raftwood.cli.kv;

import io.raftwood.bytes.Bytes;
import io.raftwood.cli.call.CallExitCode;
import io.raftwood.cli.call.CallOptions;
import io.raftwood.cli.call.CallRequest;
import io.raftwood.cli.call.CallStreams;
import io.raftwood.cli.call.Cell;
import io.raftwood.cli.call.ValueOptions;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code raftwood kv}. */
@Command(
    name = "kv",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = {
      "Reads and writes records of a running cluster.",
      "Every write is sent with an idempotency key, so it is repeated, at other nodes too, without"
          + " being carried out twice."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  raftwood kv put greeting hello            prints the version: 1",
      "  raftwood kv get greeting -o json          value and version as an object",
      "  raftwood kv put greeting world --ver 1    only if nobody was faster",
      "  raftwood kv put logo - --ttl 7d <logo.png && raftwood kv get logo >copy.png",
      "  raftwood kv put --encoding hex 00ff 0d0a  two bytes under a key of two bytes",
      "  raftwood kv keys --prefix user: | wc -l",
      "  raftwood kv hash set user:1 name Ada",
      "  raftwood kv zset add board ann 60 && raftwood kv zset range board --rank 0:10",
      "  raftwood kv cache put session:7 ada --ttl 30m",
      "  raftwood kv COMMAND --help                more of each",
      "",
      "Exit codes:",
      "  0  done",
      "  1  refused, or it cannot be done",
      "  2  the command line is wrong, nothing was sent",
      "  3  no node could answer, nothing was changed",
      "  5  version conflict: the record has not the version of --ver",
      "  6  outcome unknown: the write may have taken effect",
      "  7  not found",
      "  8  get2 and its like: two replicas hold different copies",
      "",
      "Variables: RAFTWOOD_ENDPOINTS, RAFTWOOD_TIMEOUT, RAFTWOOD_OUTPUT, RAFTWOOD_CONSISTENCY."
    })
public final class KvCommand implements Runnable {
  private final CallStreams streams;
  @Spec private CommandSpec spec;

  private KvCommand(CallStreams streams) {
    this.streams = streams;
  }

  /** The command with all below it, to be added to a program. */
  public static CommandLine line(CallStreams streams) {
    return new CommandLine(new KvCommand(streams))
        .addSubcommand(new HashCommand(streams).line())
        .addSubcommand(new SetCommand(streams))
        .addSubcommand(new SortedSetCommand(streams).line())
        .addSubcommand(new CacheCommand(streams).line());
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "a command is missing: get, get2, put, del, exist, keys, stat, hash, set, zset, cache, shell");
  }

  @Command(
      name = "get",
      mixinStandardHelpOptions = true,
      description = "Prints the value of KEY.",
      footer = {
        "",
        "  raftwood kv get logo >logo.png      byte for byte",
        "  raftwood kv get logo -o table       as text, with its version",
        "",
        "Exit code 7 if there is no such key."
      })
  int get(@Mixin ReadOptions options, @Parameters(paramLabel = "KEY") String key) {
    Bytes name = key(options.call(), key);
    CallRequest request = CallRequest.read("/get", KvTarget.key(name)).with("key", name);
    return session(options.call()).value(options.fresh(request), Cell.of("key", name));
  }

  @Command(
      name = "get2",
      mixinStandardHelpOptions = true,
      description = {
        "Compares KEY on two replicas and prints its value, or both copies if they differ.",
        "A replica that is merely behind is no difference."
      },
      footer = {"", "Exit codes: 7 if there is no such key, 8 if the copies differ."})
  int get2(@Mixin CallOptions options, @Parameters(paramLabel = "KEY") String key) {
    Bytes name = key(options, key);
    CallRequest request = CallRequest.read("/get2", KvTarget.key(name)).with("key", name);
    return session(options).compared(request, true, Cell.of("key", name));
  }

  @Command(
      name = "put",
      mixinStandardHelpOptions = true,
      description = "Stores a value under KEY and prints the record's version.",
      footer = {
        "",
        "  raftwood kv put greeting hello",
        "  raftwood kv put logo --file logo.png --ttl 12h",
        "  pg_dump shop | gzip | raftwood kv put dump -",
        "  raftwood kv put greeting hello --ver 3   only in place of version 3"
      })
  int put(
      @Mixin StoreOptions options,
      @Mixin ValueOptions source,
      @Parameters(paramLabel = "KEY") String key,
      @Parameters(
              paramLabel = "VALUE",
              arity = "0..1",
              description = "The value; - reads it from standard input.")
          Optional<String> value) {
    Bytes name = key(options.call(), key);
    CallRequest request = options.request("/put", KvTarget.key(name)).with("key", name);
    Bytes content = RecordValue.of(source, value, options.call(), streams.in());
    return session(options.call()).version(request.withBody(content), Cell.of("key", name));
  }

  @Command(
      name = "del",
      mixinStandardHelpOptions = true,
      description = "Deletes KEY and prints the version that it had.",
      footer = {"", "Exit code 7 if there is no such key."})
  int del(@Mixin ChangeOptions options, @Parameters(paramLabel = "KEY") String key) {
    Bytes name = key(options.call(), key);
    CallRequest request = options.request("/del", KvTarget.key(name)).with("key", name);
    return session(options.call()).version(request, Cell.of("key", name));
  }

  @Command(
      name = "exist",
      mixinStandardHelpOptions = true,
      description = "Tells whether there is KEY, and its version.",
      footer = {
        "",
        "  raftwood kv exist lock || echo free",
        "",
        "Exit codes: 0 it exists, 7 it does not."
      })
  int exist(@Mixin ReadOptions options, @Parameters(paramLabel = "KEY") String key) {
    Bytes name = key(options.call(), key);
    CallRequest request = CallRequest.read("/exist", KvTarget.key(name)).with("key", name);
    return session(options.call()).existence(options.fresh(request), Cell.of("key", name));
  }

  @Command(
      name = "keys",
      mixinStandardHelpOptions = true,
      description = {
        "Lists the keys of the whole cluster, as they come in: in byte order within a slot.",
        "A key that exists from beginning to end is listed once, whatever is written meanwhile."
      },
      footer = {
        "",
        "  raftwood kv keys --prefix user: --limit 20",
        "  raftwood kv keys -o json --values >export.jsonl",
        "",
        "raw form: the key, with --values a tab and the value. Either may contain tabs and line"
            + " feeds; use json where they do."
      })
  int keys(
      @Mixin ListOptions options,
      @Option(names = "--values", description = "The values too.") boolean values) {
    CallRequest request = options.request(KvTarget.CLUSTER, values);
    session(options.call())
        .listing(record -> keyed(record, "key", values))
        .scan(request, options.limit(), values ? Listing.VALUE_PAGE_MAX : Listing.PAGE_MAX);
    return CallExitCode.OK;
  }

  /** A record as the lists of keys and fields show it. */
  static List<Cell> keyed(Listed record, String name, boolean values) {
    Cell version = Cell.of("version", record.version());
    Cell key = Cell.of(name, record.name());
    return values ? List.of(key, version, Cell.of("value", record.bytes())) : List.of(key, version);
  }

  @Command(
      name = "stat",
      mixinStandardHelpOptions = true,
      description = {
        "Counts records, exactly: all keys and all hash fields, or those of TABLE.",
        "Each node counts its own replicas: up to three nodes have everything, each of more has its"
            + " part."
      },
      footer = {
        "",
        "  raftwood kv stat --tables",
        "  raftwood kv stat user:1 -o json",
        "",
        "Exit codes: 3 if a node did not answer, 7 if no node has TABLE."
      })
  int stat(
      @Mixin CallOptions options,
      @Option(names = "--tables", description = "All tables too.") boolean tables,
      @Parameters(paramLabel = "TABLE", arity = "0..1") Optional<String> table) {
    return new Statistics(session(options)).print(table.map(TableName::checked), tables);
  }

  private static Bytes key(CallOptions options, String key) {
    return options.bytes("KEY", key);
  }

  private KvSession session(CallOptions options) {
    return new KvSession(options, streams, spec.commandLine().getErr());
  }
}
