/**
 * The composition root: makes a node of its parts, starts them in order, stops them in order.
 *
 * <p>The only package that sees every implementation; nothing but the command line imports it.
 */
package io.raftwood.server;
