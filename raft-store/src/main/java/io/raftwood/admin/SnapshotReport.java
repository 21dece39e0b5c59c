package io.raftwood.admin;

/**
 * How a snapshot that was asked for ended.
 *
 * @param group the group
 * @param node the node whose replica was asked
 * @param done whether there is a new one, or the last one is of the same index
 * @param detail why not
 */
public record SnapshotReport(String group, String node, boolean done, String detail) {}
