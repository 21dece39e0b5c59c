package io.raftwood.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.raftwood.bench.fixtures.LoopbackServer;
import io.raftwood.bench.load.Dialect;
import io.raftwood.bench.load.LoadReport;
import io.raftwood.bench.load.ServerProcesses;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** Turns, table and options; the real peers are started by hand. */
class CompareCommandTest {
  private static final String OK = LoopbackServer.response("200 OK\r\nVersion: 1", "");

  @Test
  void everyPeerHasItsTurnInEachRoundOfWhatItOffers() throws Exception {
    try (LoopbackServer one = new LoopbackServer(request -> OK);
        LoopbackServer two = new LoopbackServer(request -> OK)) {
      CompareRun.Settings settings =
          new CompareRun.Settings(List.of(1, 2), 20, 10, 2, Duration.ZERO, Duration.ofMillis(100));
      List<Peer> peers = List.of(new FakePeer("one", one, true), new FakePeer("two", two, false));
      Map<CompareRun.Cell, List<LoadReport>> reports =
          new CompareRun(settings, line -> {})
              .run(List.of(Workload.PUT, Workload.GET_PLAIN), peers);
      assertThat(reports.keySet())
          .containsExactly(
              new CompareRun.Cell(Workload.PUT, "one", 1),
              new CompareRun.Cell(Workload.PUT, "one", 2),
              new CompareRun.Cell(Workload.GET_PLAIN, "one", 1),
              new CompareRun.Cell(Workload.GET_PLAIN, "two", 1),
              new CompareRun.Cell(Workload.GET_PLAIN, "one", 2),
              new CompareRun.Cell(Workload.GET_PLAIN, "two", 2));
      assertThat(reports.values()).allMatch(rounds -> rounds.size() == 2);
      CompareReport report = new CompareReport(reports, List.of("a note"));
      assertThat(report.toTable().lines())
          .hasSize(9)
          .anyMatch(line -> line.matches("get-plain +two +2 +[0-9]+ \\([0-9]+\\.\\.[0-9]+\\).* 0"))
          .contains("a note");
      assertThat(new ComparePage(report).page().html())
          .contains("<h2>put</h2>", "<td>two</td><td>2</td>", "p99 at a throughput", "a note")
          .doesNotContain("src=", "href=", "<script");
      assertThat(report.toJson()).contains("\"workload\":\"get-plain\"", "\"notes\":\"a note\"");
    }
  }

  @Test
  void unknownWorkloadsAreNamed() {
    StringWriter err = new StringWriter();
    int exit =
        new CommandLine(new CompareCommand())
            .setErr(new PrintWriter(err, true))
            .execute("--workloads=put,scan");
    assertThat(exit).isEqualTo(2);
    assertThat(err.toString()).contains("'scan' is not put, get-linearizable or get-plain");
  }

  /** A peer that is a loopback server; only some write. */
  private record FakePeer(String name, LoopbackServer server, boolean writes) implements Peer {
    @Override
    public String durability() {
      return "none";
    }

    @Override
    public List<InetSocketAddress> endpoints() {
      return List.of(server.address());
    }

    @Override
    public ServerProcesses processes() {
      return new ServerProcesses(List.of(ProcessHandle.current().pid()));
    }

    @Override
    public Dialect dialect() {
      return Dialect.HUSTDB;
    }

    @Override
    public boolean offers(Workload workload) {
      return writes || workload != Workload.PUT;
    }

    @Override
    public Optional<String> consistency(Workload workload) {
      return Optional.empty();
    }

    @Override
    public void close() {}
  }
}
