/** The composition root: wires the store, the tree and the HTTP edge into one process. */
package io.raftwood.server;
