package io.raftwood.server.config;

/**
 * What a setting came to be and why.
 *
 * @param setting which
 * @param text the value's canonical text
 * @param origin {@code default}, {@code FILE:LINE}, {@code environment VARIABLE} or {@code --set}
 */
public record ResolvedSetting(Setting<?> setting, String text, String origin) {}
