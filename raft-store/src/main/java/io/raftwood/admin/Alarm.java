package io.raftwood.admin;

/**
 * Something that an operator must see to; it does not keep the node from serving.
 *
 * @param name short, stable, e.g. {@code divergence:data-0}
 * @param detail what was found
 */
public record Alarm(String name, String detail) {}
