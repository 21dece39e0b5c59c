package io.raftwood.membership;

import io.raftwood.cluster.FormationPlan;

/**
 * What a node says of itself at start.
 *
 * @param identity who it is
 * @param plan what its configuration says
 */
public record HelloRequest(NodeIdentity identity, FormationPlan plan) {}
