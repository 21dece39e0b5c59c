package io.raftwood.bench.torture;

import picocli.CommandLine.Option;

/** What may be asked for of disks and their power. */
final class DiskOptions {
  @Option(
      names = "--power-cuts",
      paramLabel = "N",
      description = "instead of other faults: the power of all nodes fails N times")
  int cuts;

  @Option(
      names = "--writes",
      paramLabel = "W",
      defaultValue = "100000",
      description = "answered at least before the last power cut (default: 100000)")
  int writes;

  @Option(
      names = "--disks",
      paramLabel = "WHICH",
      defaultValue = "auto",
      description = "auto, loop or directories (default: auto, loop mounts if a fault needs them)")
  String disks;
}
