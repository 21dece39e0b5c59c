/**
 * The log of a process: where it goes, how it looks, who is quiet.
 *
 * <p>Belongs here: everything that knows logback. Does not belong here: log statements (they use
 * slf4j, anywhere). Configured once by the main thread before any other part starts; loggers are
 * thread-safe afterwards.
 */
package io.raftwood.server.log;
