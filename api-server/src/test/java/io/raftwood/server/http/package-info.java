/** Tests of the HTTP edge over real sockets, against an in-memory store. */
package io.raftwood.server.http;
