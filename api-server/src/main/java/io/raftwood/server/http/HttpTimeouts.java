package io.raftwood.server.http;

import java.time.Duration;

/**
 * Time limits; each between one millisecond and one day.
 *
 * @param head from a request's first byte to the end of its headers; past it the connection closes
 * @param keepAlive how long a connection may wait for its first or next request
 * @param request from the end of the headers until the answer is known: reading the body and asking
 *     the store. Past it a request whose body is incomplete is cut off, any other is answered
 * @param stall how long a body may bring no byte at all; past it the connection closes
 * @param write from the answer being known until the client has taken it; past it the connection
 *     closes
 * @param linger how long what a client still sends is read and dropped after an answer that closes
 *     the connection, so that the client sees the answer
 */
public record HttpTimeouts(
    Duration head,
    Duration keepAlive,
    Duration request,
    Duration stall,
    Duration write,
    Duration linger) {
  /** Keep-alive as the original (540 s), everything else in the order of ten seconds. */
  public static final HttpTimeouts DEFAULT =
      new HttpTimeouts(
          Duration.ofSeconds(10),
          Duration.ofSeconds(540),
          Duration.ofSeconds(10),
          Duration.ofSeconds(5),
          Duration.ofSeconds(30),
          Duration.ofSeconds(1));

  /** Checks the bounds. */
  public HttpTimeouts {
    Bounds.check("head", head);
    Bounds.check("keepAlive", keepAlive);
    Bounds.check("request", request);
    Bounds.check("stall", stall);
    Bounds.check("write", write);
    Bounds.check("linger", linger);
  }
}
