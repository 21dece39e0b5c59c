/**
 * A small blocking client of the hustdb HTTP API, exact to the byte.
 *
 * <p>Belongs here: requests, answers, what an answer means for the record. Does not belong here:
 * retries, choosing a node, load (see {@code load}).
 */
package io.raftwood.bench.client;
