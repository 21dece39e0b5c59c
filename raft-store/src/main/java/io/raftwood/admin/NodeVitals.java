package io.raftwood.admin;

/**
 * What is known of one node.
 *
 * @param node its name
 * @param ageMillis how old the knowledge is; 0 for the node that answers
 * @param figures what it last said
 */
public record NodeVitals(String node, long ageMillis, NodeFigures figures) {}
