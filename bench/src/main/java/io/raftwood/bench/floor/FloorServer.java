package io.raftwood.bench.floor;

import io.undertow.Undertow;
import java.io.IOException;
import java.net.InetSocketAddress;

/**
 * An HTTP server that answers everything with 200 and nothing: what no server on the same HTTP
 * library can be cheaper than. A process of its own, so that its CPU time is; prints its port on a
 * line and lives until its standard input ends.
 */
public final class FloorServer {
  private FloorServer() {}

  /** Serves on a free port of the loopback interface. */
  public static void main(String[] arguments) throws IOException {
    Undertow server =
        Undertow.builder()
            .addHttpListener(0, "127.0.0.1")
            .setIoThreads(Runtime.getRuntime().availableProcessors())
            .setHandler(exchange -> exchange.getResponseSender().send(""))
            .build();
    server.start();
    InetSocketAddress address = (InetSocketAddress) server.getListenerInfo().get(0).getAddress();
    System.out.println(address.getPort());
    while (System.in.read() >= 0) {
      // Whatever is written to it means nothing: only its end does.
    }
    server.stop();
  }
}
