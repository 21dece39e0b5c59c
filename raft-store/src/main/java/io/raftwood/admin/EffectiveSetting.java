package io.raftwood.admin;

/**
 * A setting as a node runs with it.
 *
 * @param key dotted, as in {@code docs/configuration.md}
 * @param value as text; stars for a secret
 * @param origin where it comes from: {@code default}, {@code FILE:LINE}, a variable, {@code --set}
 */
public record EffectiveSetting(String key, String value, String origin) {}
