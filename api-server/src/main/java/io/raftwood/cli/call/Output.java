package io.raftwood.cli.call;

/** How a result is printed. */
public enum Output {
  /** For people: columns with titles; what is no printable text as escapes. */
  table,
  /** For programs: an object for each record, each on a line. */
  json,
  /** For pipes and files: the exact bytes. */
  raw
}
