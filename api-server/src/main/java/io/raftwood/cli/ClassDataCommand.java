package io.raftwood.cli;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code raftwood class-data}: runs a node for a moment and keeps what its JVM made of the classes
 * (an AppCDS archive), so that later starts need not do it again. The archive fits one JVM and one
 * set of jars at one place: it is made where the program is installed, and one that does not fit is
 * ignored.
 */
@Command(
    name = "class-data",
    mixinStandardHelpOptions = true,
    description = {
      "Makes every later start cheaper by about half of its CPU time.",
      "Runs a node of its own for some seconds and writes what the JVM made of the classes.",
      "To be run once after an installation or upgrade; needs 60 MB."
    })
final class ClassDataCommand implements Callable<Integer> {
  private static final Duration LIMIT = Duration.ofMinutes(3);
  private static final Duration ANSWER = Duration.ofSeconds(20);

  /** What a node is commonly asked. */
  private static final List<NodeClient.Request> REQUESTS =
      List.of(
          NodeClient.Request.of("PUT", "/put?key=k&val=v"),
          NodeClient.Request.of("GET", "/get?key=k"),
          NodeClient.Request.of("GET", "/get2?key=k"),
          NodeClient.Request.of("PUT", "/hset?tb=t&key=k&val=1"),
          NodeClient.Request.of("GET", "/zadd?tb=z&key=k&score=1"),
          NodeClient.Request.of("GET", "/keys?offset=0&size=10&file=0"),
          NodeClient.Request.of("POST", "/dt/create?tree_id=t"),
          NodeClient.Request.of("GET", "/cache/get?key=k"),
          NodeClient.Request.of("GET", "/metrics"),
          NodeClient.Request.of("GET", "/admin/status"));

  private final CliContext context;
  @Spec private CommandSpec spec;

  @Option(
      names = "--file",
      required = true,
      paramLabel = "FILE",
      description = "Where to write it; the launcher sets and uses its own.")
  private Path file;

  ClassDataCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    PrintWriter err = spec.commandLine().getErr();
    Path target = file.toAbsolutePath();
    try {
      Path directory = Files.createTempDirectory("raftwood-class-data");
      Path list = directory.resolve("classes");
      Path next = target.resolveSibling(target.getFileName() + ".new");
      DevCluster cluster = DevCluster.plan(directory, new DevCluster.Shape(1, 1, port(), port()));
      try {
        NodeLaunch launch = context.launch().get();
        record(cluster, launch.recordingClasses(list), err);
        make(launch.classDataCommand(list, next));
        Files.move(next, target, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        cluster.delete();
        Files.deleteIfExists(list);
        Files.deleteIfExists(directory);
        Files.deleteIfExists(next);
      }
      return ExitCode.OK;
    } catch (IOException e) {
      throw new CommandFailedException(
          ExitCode.FAILED,
          "cannot write class data to " + target + ": " + e + "; starts work without, more slowly");
    }
  }

  private static void record(DevCluster cluster, NodeLaunch launch, PrintWriter err)
      throws IOException {
    DevNode node = cluster.nodes().get(0);
    cluster.write(Map.of(), List.of("cache.directory=" + node.dataDir(), "cache.allow-disk=true"));
    NodeClient client = new NodeClient();
    ReadyWait wait = new ReadyWait(client, err, false);
    try {
      wait.start(node, new DevProcesses(launch));
      wait.await(LIMIT);
      for (NodeClient.Request request : REQUESTS) {
        client.ask(request, node.node().http().toString(), ANSWER);
      }
    } finally {
      DevProcesses.stop(List.of(node), LIMIT);
    }
  }

  private static void make(List<String> command) throws IOException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      int code = process.waitFor();
      if (code != 0) {
        throw new IOException(
            "'" + command.get(0) + " -Xshare:dump' ended with " + code + ": " + said);
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      throw new InterruptedIOException("interrupted");
    }
  }

  private static int port() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
