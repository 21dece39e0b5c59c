/**
 * From a slot to the replica that answers: finds the group and its leader, forwards to it over the
 * Raft port, tries again while that is safe, and falls back to a stale read when no leader answers.
 *
 * <p>Belongs here: where a request goes and what a failure on the way means. Does not belong here:
 * what a command does, HTTP, JRaft, how the cluster map came about (see {@code membership}).
 */
package io.raftwood.routing;
