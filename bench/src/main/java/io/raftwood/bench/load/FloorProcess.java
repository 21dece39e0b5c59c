package io.raftwood.bench.load;

import io.raftwood.bench.floor.FloorServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** A running {@link FloorServer}. */
public final class FloorProcess implements AutoCloseable {
  private final Process process;
  private final InetSocketAddress endpoint;

  private FloorProcess(Process process, InetSocketAddress endpoint) {
    this.process = process;
    this.endpoint = endpoint;
  }

  /** Starts one with this program's Java and class path, and waits until it serves. */
  public static FloorProcess start() throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseG1GC",
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                FloorServer.class.getName())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    BufferedReader output =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
    String port = output.readLine();
    if (port == null) {
      process.destroyForcibly();
      throw new IOException("the empty HTTP server ended at once: try again, with free memory");
    }
    return new FloorProcess(
        process, new InetSocketAddress("127.0.0.1", Integer.parseInt(port.trim())));
  }

  /** Where it serves. */
  public InetSocketAddress endpoint() {
    return endpoint;
  }

  /** The process, for its CPU time. */
  public ServerProcesses processes() {
    return new ServerProcesses(List.of(process.pid()));
  }

  @Override
  public void close() {
    process.destroy();
  }
}
