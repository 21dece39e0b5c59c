package io.raftwood.cli;

import io.raftwood.recovery.RecoveryAccount;
import io.raftwood.recovery.RecoveryPlan;
import io.raftwood.recovery.RecoveryRefusedException;
import io.raftwood.server.UnsafeRecovery;
import io.raftwood.server.config.ServerConfig;
import io.raftwood.server.log.Logging;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code raftwood admin unsafe-recover}. */
@Command(
    name = "unsafe-recover",
    mixinStandardHelpOptions = true,
    description = {
      "Goes on with the survivors when the majority of a group is lost for good. MAY LOSE what",
      "only the lost nodes had acknowledged. Runs on a survivor in the place of its server and",
      "serves no data; needs the disk, not an endpoint."
    },
    footerHeading = "%nProcedure:%n",
    footer = {
      "  1. Stop the servers of all survivors. See to it that the lost nodes stay down.",
      "  2. On all survivors but one: raftwood admin unsafe-recover --assist --config FILE",
      "  3. On the last one:          raftwood admin unsafe-recover --config FILE",
      "     It shows whose log each group goes on with, and has the names of the lost nodes typed.",
      "  4. Start the survivors as usual; add new nodes with 'raftwood admin nodes add'.",
      "",
      "Refused while another node runs, or while a majority of every group is here. May be run again",
      "after an interruption. The account is printed, and kept in the data directory.",
      "",
      "Exit codes: 0 done, 1 refused or stopped on the way."
    })
final class UnsafeRecoverCommand implements Callable<Integer> {
  private final CliContext context;
  @Spec private CommandSpec spec;
  @Mixin private ConfigOptions options;

  @Option(
      names = "--assist",
      description = "Lets the survivor that runs this command without --assist recover this disk.")
  private boolean assist;

  @Option(
      names = "--confirm",
      paramLabel = "WORDS",
      description = "What else has to be typed, for scripts: 'lose NODE ...', or this node's name.")
  private Optional<String> confirmed = Optional.empty();

  UnsafeRecoverCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    ServerConfig config = options.load(context.environment()).config();
    Logging.silenceLibraries();
    try (UnsafeRecovery recovery = UnsafeRecovery.open(config, this::fault)) {
      recovery.note(
          "raftwood admin unsafe-recover on node '"
              + config.node().name()
              + "', "
              + Instant.now().truncatedTo(ChronoUnit.SECONDS));
      Path account = assist ? assist(config, recovery) : recover(recovery);
      say("the account is in " + account);
      return ExitCode.OK;
    } catch (RecoveryRefusedException e) {
      throw new CommandFailedException(ExitCode.FAILED, e.getMessage());
    }
  }

  private Path recover(UnsafeRecovery recovery) {
    say("looks for the other nodes ...");
    RecoveryPlan plan = recovery.plan();
    for (String line : RecoveryAccount.lines(plan)) {
      recovery.note(line);
      say(line);
    }
    say("What only the given-up nodes had acknowledged is lost. They must never start again with");
    say("their present disks while clients can reach them: they would serve the cluster that was.");
    confirm(plan.phrase());
    recovery.note("confirmed: " + plan.phrase());
    return recovery.run(plan, this::say);
  }

  private Path assist(ServerConfig config, UnsafeRecovery recovery) {
    say("Another survivor will decide what becomes of " + config.node().dataDir() + ".");
    confirm(config.node().name());
    say("waits for the survivor that recovers ...");
    return recovery.assist(this::say);
  }

  private void confirm(String words) {
    if (confirmed.isPresent()) {
      require(confirmed.get().equals(words), "--confirm: expected '" + words + "'");
      return;
    }
    PrintWriter out = spec.commandLine().getOut();
    out.print("Type '" + words + "' to go on: ");
    out.flush();
    try {
      BufferedReader in =
          new BufferedReader(new InputStreamReader(context.streams().in(), StandardCharsets.UTF_8));
      require(words.equals(in.readLine()), "not confirmed");
    } catch (IOException e) {
      throw new CommandFailedException(ExitCode.FAILED, "not confirmed: nothing was changed");
    }
  }

  private static void require(boolean right, String why) {
    if (!right) {
      throw new CommandFailedException(ExitCode.FAILED, why + ": nothing was changed");
    }
  }

  private void say(String line) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(line);
    out.flush();
  }

  /** What a replica holds in memory after a fault can no longer be trusted. */
  private void fault(String what) {
    spec.commandLine().getErr().println("raftwood: FAULT, the recovery ends: " + what);
    spec.commandLine().getErr().flush();
    Runtime.getRuntime().halt(ExitCode.FAILED);
  }
}
