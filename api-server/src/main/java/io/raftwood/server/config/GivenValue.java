package io.raftwood.server.config;

/**
 * A setting's text as somebody wrote it.
 *
 * @param text not yet parsed
 * @param origin where it was written, for people: {@code raftwood.yaml:12}
 */
record GivenValue(String text, String origin) {}
