package io.raftwood.architecture;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import java.util.Map;

/**
 * Who may import whom. Every package of Raftwood is a row; what a row does not name is forbidden.
 * The JDK is open to all, the package itself too.
 */
final class PackageImports extends ArchCondition<JavaClass> {
  private static final String ROOT = "io.raftwood.";

  /** Packages below {@link #ROOT} by their short names, libraries by a prefix with a dot. */
  private static final Map<String, List<String>> ALLOWED =
      Map.ofEntries(
          row("bytes"),
          row("storage", "bytes"),
          // slf4j-api: RocksDB's own log is handed to it.
          row("storage.rocksdb", "storage", "bytes", "org.rocksdb.", "org.slf4j."),
          row("raft", "storage", "bytes"),
          row("peer", "bytes"),
          // protobuf: JRaft's messages; RocksDB: the options of JRaft's log storage.
          row(
              "raft.jraft",
              "raft",
              "peer",
              "storage",
              "bytes",
              "com.alipay.",
              "com.google.protobuf.",
              "io.netty.",
              "org.rocksdb.",
              "org.slf4j."),
          row("backup", "raft", "storage", "bytes"),
          row("kv", "raft", "bytes"),
          row("kv.machine", "kv", "backup", "raft", "storage", "bytes"),
          row("cache", "raft", "bytes"),
          row("cache.machine", "cache", "raft", "storage", "bytes"),
          // javax.crypto: hashes of passwords; at the edge also keyed hashes and RSA.
          row("cluster", "raft", "peer", "storage", "bytes", "javax.crypto."),
          row("admin", "cluster", "raft", "peer", "bytes"),
          row("routing", "kv", "raft", "peer", "cluster", "bytes", "org.slf4j."),
          row("membership", "cluster", "raft", "peer", "admin", "storage", "bytes", "org.slf4j."),
          row("recovery", "cluster", "raft", "peer", "bytes"),
          row("tree.model", "bytes"),
          row("tree.structure", "tree.model", "storage", "bytes"),
          row("tree", "tree.model", "tree.structure", "backup", "raft", "storage", "bytes"),
          row("server.config", "org.yaml.snakeyaml."),
          row("server.log", "server.config", "ch.qos.logback.", "org.slf4j."),
          row("server.http.slow", "org.slf4j."),
          row(
              "server.http",
              "server.http.slow",
              "backup",
              "kv",
              "cache",
              "tree",
              "tree.model",
              "raft",
              "admin",
              "cluster",
              "peer",
              "bytes",
              "io.undertow.",
              "javax.crypto.",
              "org.xnio.",
              "com.alibaba.fastjson2.",
              "io.prometheus.",
              "org.slf4j."),
          row(
              "server",
              "server.config",
              "server.log",
              "server.http",
              "backup",
              "membership",
              "recovery",
              "routing",
              "admin",
              "cluster",
              "kv",
              "kv.machine",
              "cache",
              "cache.machine",
              "tree",
              "tree.model",
              "tree.structure",
              "raft.jraft",
              "raft",
              "peer",
              "storage.rocksdb",
              "storage",
              "bytes",
              "io.prometheus.",
              "org.slf4j."),
          row(
              "cli",
              "recovery",
              "server",
              "server.config",
              "server.log",
              "cli.call",
              "cli.kv",
              "cli.tree",
              "cli.backup",
              "cli.transfer",
              "bench.load",
              "bench.compare",
              "bench.process",
              "bench.torture",
              "bench.torture.cluster",
              "picocli.",
              // Line editing, history and completion of 'kv shell'.
              "org.jline.",
              "com.alibaba.fastjson2."),
          row("cli.call", "server.config", "bytes", "picocli.", "com.alibaba.fastjson2."),
          row("cli.kv", "cli.call", "server.config", "bytes", "picocli.", "com.alibaba.fastjson2."),
          row("cli.tree", "cli.call", "bytes", "picocli.", "com.alibaba.fastjson2."),
          row("cli.backup", "cli.call", "backup", "bytes", "picocli.", "com.alibaba.fastjson2."),
          row(
              "cli.transfer",
              "cli.call",
              "cli.backup",
              "backup",
              "kv",
              "tree.model",
              "tree.structure",
              "bytes",
              "picocli.",
              "com.alibaba.fastjson2."),
          row("bench"),
          row("bench.floor", "io.undertow."),
          row("bench.json"),
          row("bench.history", "bench.json"),
          row("bench.process"),
          row("bench.client", "bench.history", "bench.json", "bench.process"),
          row(
              "bench.load",
              "bench.floor",
              "bench.json",
              "bench.plot",
              "bench.process",
              "bench.client",
              "org.HdrHistogram.",
              "picocli."),
          row("bench.plot"),
          row(
              "bench.compare",
              "bench.load",
              "bench.client",
              "bench.json",
              "bench.plot",
              "picocli."),
          row(
              "bench.torture",
              "bench.torture.check",
              "bench.torture.cluster",
              "bench.torture.disk",
              "bench.torture.fault",
              "bench.torture.machine",
              "bench.torture.network",
              "bench.torture.report",
              "bench.torture.timeline",
              "bench.torture.workload",
              "picocli."),
          row("bench.torture.machine"),
          row("bench.torture.network", "bench.torture.machine"),
          row("bench.torture.disk", "bench.torture.machine", "bench.torture.timeline"),
          row("bench.torture.timeline"),
          row("bench.torture.check", "bench.json"),
          row(
              "bench.torture.cluster",
              "bench.client",
              "bench.torture.check",
              "bench.torture.disk",
              "bench.torture.machine",
              "bench.torture.network",
              "bench.torture.timeline",
              "com.alibaba.fastjson2."),
          row(
              "bench.torture.fault",
              "bench.torture.cluster",
              "bench.torture.disk",
              "bench.torture.network",
              "bench.torture.timeline"),
          row(
              "bench.torture.workload",
              "bench.client",
              "bench.history",
              "bench.torture.check",
              "bench.torture.timeline",
              "com.alibaba.fastjson2."),
          row("bench.torture.report", "bench.torture.check", "bench.torture.timeline"),
          row(
              "bench.micro",
              "kv",
              "tree",
              "tree.model",
              "tree.structure",
              "storage",
              "storage.rocksdb",
              "bytes",
              "org.openjdk.jmh."));

  PackageImports() {
    super("import only what PackageImports lists for their package");
  }

  private static Map.Entry<String, List<String>> row(String name, String... allowed) {
    return Map.entry(name, List.of(allowed));
  }

  @Override
  public void check(JavaClass type, ConditionEvents events) {
    List<String> allowed = ALLOWED.get(shortName(type.getPackageName()));
    if (allowed == null) {
      String message = type.getName() + " is in a package that PackageImports does not list";
      events.add(SimpleConditionEvent.violated(type, message));
      return;
    }
    for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
      JavaClass target = dependency.getTargetClass().getBaseComponentType();
      if (!isAllowed(type.getPackageName(), target, allowed)) {
        events.add(SimpleConditionEvent.violated(dependency, dependency.getDescription()));
      }
    }
  }

  private static boolean isAllowed(String own, JavaClass target, List<String> allowed) {
    String name = target.getPackageName();
    if (name.equals(own) || name.isEmpty() || name.startsWith("java.")) {
      return true;
    }
    if (name.startsWith(ROOT)) {
      return allowed.contains(shortName(name));
    }
    return allowed.stream()
        .anyMatch(prefix -> prefix.endsWith(".") && (name + ".").startsWith(prefix));
  }

  private static String shortName(String packageName) {
    return packageName.startsWith(ROOT) ? packageName.substring(ROOT.length()) : packageName;
  }
}
