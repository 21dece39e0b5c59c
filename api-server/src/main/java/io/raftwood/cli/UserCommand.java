package io.raftwood.cli;

import com.alibaba.fastjson2.JSON;
import com.alibaba.fastjson2.JSONArray;
import com.alibaba.fastjson2.JSONObject;
import io.raftwood.cli.call.CallStreams;
import io.raftwood.cli.call.CredentialOptions;
import java.io.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code raftwood user add|passwd|rm|list|import-htpasswd}. */
@Command(
    name = "user",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "Users of the HTTP port: they live in the cluster, not on a node.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  raftwood user add alice                                the first user gets all roles",
      "  raftwood user add bob --role read --user alice --password-file ~/.raftwood-password",
      "  raftwood user passwd bob --new-password-file new.txt --user alice",
      "  raftwood user import-htpasswd htpasswd                 lines user:password, as hustdb's",
      "",
      "A new password is the first line of --new-password-file, else it is asked for on a terminal,",
      "else it is the first line of standard input. While there are no users at all, a node takes",
      "the first one from its own machine without a password; it must be an admin."
    })
final class UserCommand implements Runnable {
  private static final String USUAL_ROLES = "read,write";
  private static final String ALL_ROLES = "read,write,admin";
  private static final byte[] NO_BODY = new byte[0];

  private final CallStreams streams;

  @Spec private CommandSpec spec;

  /** Reads passwords from {@code streams} when there is no terminal. */
  UserCommand(CallStreams streams) {
    this.streams = streams;
  }

  /** What a new user may do. */
  static final class RoleOptions {
    @Option(
        names = "--role",
        paramLabel = "ROLE[,ROLE...]",
        description =
            "Any of read, write, admin (default: read,write; all three for the first user).")
    private Optional<String> roles = Optional.empty();
  }

  /** Where a new password comes from. */
  static final class NewPasswordOptions {
    @Option(
        names = "--new-password-file",
        paramLabel = "FILE",
        description = "The new password is its first line.")
    private Optional<Path> file = Optional.empty();
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "a command is missing: add, passwd, rm, list, import-htpasswd");
  }

  @Command(name = "add", mixinStandardHelpOptions = true, description = "Adds a user.")
  int add(
      @Parameters(paramLabel = "NAME", description = "1..64 characters A-Za-z0-9_.@-") String name,
      @Mixin RoleOptions wanted,
      @Mixin NewPasswordOptions password,
      @Mixin AskOptions options) {
    NodeCalls calls = new NodeCalls(options);
    String roles = wanted.roles.orElseGet(() -> usualRoles(calls));
    put(calls, name, "new&roles=" + roles, newPassword(password));
    out().println("added " + name + ": " + roles);
    return ExitCode.OK;
  }

  @Command(
      name = "passwd",
      mixinStandardHelpOptions = true,
      description = "Gives a user another password; the old one ends at once.")
  int passwd(
      @Parameters(paramLabel = "NAME") String name,
      @Mixin NewPasswordOptions password,
      @Mixin AskOptions options) {
    put(new NodeCalls(options), name, "password", newPassword(password));
    out().println("changed " + name);
    return ExitCode.OK;
  }

  @Command(
      name = "rm",
      mixinStandardHelpOptions = true,
      description = "Removes a user; the last admin stays.")
  int rm(@Parameters(paramLabel = "NAME") String name, @Mixin AskOptions options) {
    new NodeCalls(options).ask("POST", "/admin/users/remove?name=" + checked(name), NO_BODY);
    out().println("removed " + name);
    return ExitCode.OK;
  }

  @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists users and roles.")
  int list(@Mixin AskOptions options) {
    String body = new NodeCalls(options).ask("GET", "/admin/users", NO_BODY);
    if (options.json()) {
      out().println(body.strip());
      return ExitCode.OK;
    }
    TextTable table = new TextTable("USER", "ROLES");
    JSONArray users = JSON.parseArray(body);
    for (int i = 0; i < users.size(); i++) {
      JSONObject user = users.getJSONObject(i);
      table.add(user.getString("name"), String.join(",", user.getList("roles", String.class)));
    }
    out().print(table);
    out().flush();
    return ExitCode.OK;
  }

  @Command(
      name = "import-htpasswd",
      mixinStandardHelpOptions = true,
      description = {
        "Adds the users of a hustdb htpasswd file: lines user:password, plain text. Lines that are",
        "empty or begin with # are skipped. Stops at the first line that cannot be used."
      })
  int importHtpasswd(
      @Parameters(paramLabel = "FILE") Path file,
      @Mixin RoleOptions wanted,
      @Option(names = "--replace", description = "Writes over users that are there.")
          boolean replace,
      @Mixin AskOptions options) {
    NodeCalls calls = new NodeCalls(options);
    for (String line : entries(file)) {
      int colon = line.indexOf(':');
      if (colon < 1) {
        throw new CommandFailedException(
            ExitCode.FAILED, file + ": a line is not user:password; what is before it was added");
      }
      String name = line.substring(0, colon);
      String password = line.substring(colon + 1);
      String roles = wanted.roles.orElseGet(() -> usualRoles(calls));
      put(calls, name, (replace ? "any" : "new") + "&roles=" + roles, password);
      // The first one let the others in.
      calls.asIfUnnamed(CredentialOptions.header(name, password));
      out().println("added " + name + ": " + roles);
    }
    return ExitCode.OK;
  }

  private static List<String> entries(Path file) {
    try {
      return Files.readString(file)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .collect(Collectors.toCollection(ArrayList::new));
    } catch (IOException e) {
      throw new CommandFailedException(
          ExitCode.FAILED, "cannot read " + file + ": " + e.getMessage());
    }
  }

  private static String usualRoles(NodeCalls calls) {
    boolean first = JSON.parseArray(calls.ask("GET", "/admin/users", NO_BODY)).isEmpty();
    return first ? ALL_ROLES : USUAL_ROLES;
  }

  private void put(NodeCalls calls, String name, String rule, String password) {
    calls.ask(
        "POST",
        "/admin/users/put?name=" + checked(name) + "&rule=" + rule,
        password.getBytes(StandardCharsets.UTF_8));
  }

  private String checked(String name) {
    if (!name.matches("[A-Za-z0-9_.@-]{1,64}")) {
      throw new ParameterException(
          spec.commandLine(), "'" + name + "': a user's name has 1..64 characters A-Za-z0-9_.@-");
    }
    return name;
  }

  private String newPassword(NewPasswordOptions options) {
    if (options.file.isPresent()) {
      return CredentialOptions.firstLine("--new-password-file", options.file.get());
    }
    Console console = streams.terminal().getAsBoolean() ? System.console() : null;
    String password = console == null ? lineOfInput() : asked(console);
    if (password.isEmpty()) {
      throw new CommandFailedException(ExitCode.FAILED, "an empty password");
    }
    return password;
  }

  private static String asked(Console console) {
    char[] one = console.readPassword("New password: ");
    char[] two = console.readPassword("Once more: ");
    if (one == null || !Arrays.equals(one, two)) {
      throw new CommandFailedException(ExitCode.FAILED, "the two are not the same");
    }
    return new String(one);
  }

  private String lineOfInput() {
    try {
      String input = new String(streams.in().readAllBytes(), StandardCharsets.UTF_8);
      return input.lines().findFirst().orElse("");
    } catch (IOException e) {
      throw new CommandFailedException(ExitCode.FAILED, "no password: " + e.getMessage());
    }
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}
