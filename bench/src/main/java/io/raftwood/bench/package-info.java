/** The load generator: speaks HTTP only, so it measures what a client sees. */
package io.raftwood.bench;
