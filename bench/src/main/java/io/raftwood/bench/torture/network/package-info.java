/**
 * Where the nodes of a cluster under torture live, and how packets between them are hindered.
 *
 * <p>Belongs here: namespaces, links, packet rules, and finding out what this machine can do. Does
 * not belong here: the servers (see {@code cluster}), when to hinder what (see {@code fault}).
 */
package io.raftwood.bench.torture.network;
