package io.raftwood.cli.kv;

import io.raftwood.bytes.Bytes;
import io.raftwood.cli.call.CallOptions;
import io.raftwood.cli.call.CallRequest;
import io.raftwood.cli.call.CallStreams;
import io.raftwood.cli.call.Cell;
import io.raftwood.cli.call.ValueOptions;
import io.raftwood.cli.call.WriteOptions;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code raftwood kv cache}: keys of the cache; fields of its hashes are one level below. */
@Command(
    name = "cache",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = {
      "The cache: keys and hashes that are kept in memory only, and evicted when it is full.",
      "It shares nothing with the other records, and its records have no versions."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  raftwood kv cache put session:7 ada --ttl 30m",
      "  raftwood kv cache get session:7",
      "  raftwood kv cache ttl session:7           seconds left, -1 if it never expires",
      "  raftwood kv cache hash incr hits home     counts up by 1 and prints the number",
      "",
      "Exit codes: see 'raftwood kv --help'."
    })
final class CacheCommand implements Runnable {
  private static final String KEY = "KEY";

  private final CallStreams streams;
  @Spec private CommandSpec spec;

  /** With {@code streams}. */
  CacheCommand(CallStreams streams) {
    this.streams = streams;
  }

  /** The command with all below it. */
  CommandLine line() {
    return new CommandLine(this).addSubcommand(new CacheHashCommand(streams).line());
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "a command is missing: get, put, append, del, exist, ttl, expire, persist, hash");
  }

  @Command(
      name = "get",
      mixinStandardHelpOptions = true,
      description = "Prints the value of KEY. Exit code 7 if it is not in the cache.")
  int get(@Mixin ReadOptions options, @Parameters(paramLabel = KEY) String key) {
    return session(options.call()).value(read("get", options, key), cell(options.call(), key));
  }

  @Command(
      name = "put",
      mixinStandardHelpOptions = true,
      description = "Stores a value under KEY, in place of what has that name.")
  int put(
      @Mixin WriteOptions options,
      @Mixin ValueOptions source,
      @Option(names = "--ttl", paramLabel = "TIME", description = TimeToLive.DESCRIPTION)
          Optional<String> ttl,
      @Parameters(paramLabel = KEY) String key,
      @Parameters(
              paramLabel = "VALUE",
              arity = "0..1",
              description = "The value; - reads it from standard input.")
          Optional<String> value) {
    CallRequest request = write("put", options, key);
    if (ttl.isPresent()) {
      request = request.with("ttl", TimeToLive.seconds("--ttl", ttl.get()));
    }
    Bytes content = RecordValue.of(source, value, options.call(), streams.in());
    return session(options.call()).done(request.withBody(content), cell(options.call(), key));
  }

  @Command(
      name = "append",
      mixinStandardHelpOptions = true,
      description = "Adds VALUE to the end of what KEY holds; KEY is made if it is not there.")
  int append(
      @Mixin WriteOptions options,
      @Mixin ValueOptions source,
      @Parameters(paramLabel = KEY) String key,
      @Parameters(
              paramLabel = "VALUE",
              arity = "0..1",
              description = "What is added; - reads it from standard input.")
          Optional<String> value) {
    Bytes content = RecordValue.of(source, value, options.call(), streams.in());
    CallRequest request = write("append", options, key).withBody(content);
    return session(options.call()).done(request, cell(options.call(), key));
  }

  @Command(
      name = "del",
      mixinStandardHelpOptions = true,
      description = "Deletes KEY, or the whole hash of that name. It need not be there.")
  int del(@Mixin WriteOptions options, @Parameters(paramLabel = KEY) String key) {
    return session(options.call()).done(write("del", options, key), cell(options.call(), key));
  }

  @Command(
      name = "exist",
      mixinStandardHelpOptions = true,
      description = "Tells whether there is KEY. Exit codes: 0 it is there, 7 it is not.")
  int exist(@Mixin ReadOptions options, @Parameters(paramLabel = KEY) String key) {
    return session(options.call()).done(read("exist", options, key), cell(options.call(), key));
  }

  @Command(
      name = "ttl",
      mixinStandardHelpOptions = true,
      description = "Prints for how many seconds KEY will be there; -1: it never expires.")
  int ttl(@Mixin ReadOptions options, @Parameters(paramLabel = KEY) String key) {
    return session(options.call())
        .number(read("ttl", options, key), "ttl", cell(options.call(), key));
  }

  @Command(
      name = "expire",
      mixinStandardHelpOptions = true,
      description = "Lets KEY, or the whole hash of that name, expire after TIME.")
  int expire(
      @Mixin WriteOptions options,
      @Parameters(paramLabel = KEY) String key,
      @Parameters(paramLabel = "TIME", description = TimeToLive.FORM) String time) {
    CallRequest request =
        write("expire", options, key).with("ttl", TimeToLive.seconds("TIME", time));
    return session(options.call()).done(request, cell(options.call(), key));
  }

  @Command(
      name = "persist",
      mixinStandardHelpOptions = true,
      description = "Lets KEY, or the whole hash of that name, never expire.")
  int persist(@Mixin WriteOptions options, @Parameters(paramLabel = KEY) String key) {
    return session(options.call()).done(write("persist", options, key), cell(options.call(), key));
  }

  private static CallRequest read(String verb, ReadOptions options, String key) {
    Bytes name = options.call().bytes(KEY, key);
    return options.fresh(
        CallRequest.read("/cache/" + verb, KvTarget.cached(name)).with("key", name));
  }

  private static CallRequest write(String verb, WriteOptions options, String key) {
    Bytes name = options.call().bytes(KEY, key);
    return CallRequest.write("/cache/" + verb, KvTarget.cached(name), options.idempotencyKey())
        .with("key", name);
  }

  private static Cell cell(CallOptions options, String key) {
    return Cell.of("key", options.bytes(KEY, key));
  }

  private KvSession session(CallOptions options) {
    return KvSession.ofCache(options, streams, spec.commandLine().getErr());
  }
}
