package io.raftwood.admin;

/**
 * One condition of readiness.
 *
 * @param name short, stable, e.g. {@code raft-leader:data-0}
 * @param passed whether it holds
 * @param detail why it does not, or how it stands
 */
public record HealthCheck(String name, boolean passed, String detail) {}
