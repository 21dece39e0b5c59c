/** Which requests took long: the newest of them in memory, and a line in the log. */
package io.raftwood.server.http.slow;
