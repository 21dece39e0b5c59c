package io.raftwood.cli;

import java.io.File;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * How the development cluster starts a node's process.
 *
 * @param jvmFlags before the main class
 * @param classPath of the JVM
 * @param mainClass gets {@code server --config FILE}
 */
public record NodeLaunch(List<String> jvmFlags, String classPath, String mainClass) {
  private static final Path SETSID = Path.of("/usr/bin/setsid");
  private static final String USE_CLASS_DATA = "-XX:SharedArchiveFile=";
  private static final String CLASS_DATA_LOG = "-Xlog:cds";

  /** Copies the list. */
  public NodeLaunch {
    jvmFlags = List.copyOf(jvmFlags);
  }

  /**
   * This program, with the flags that the launcher gives to {@code raftwood server}: those of this
   * JVM that are not about heap and compiler, then heap and collector, then RAFTWOOD_JAVA_OPTS.
   * Class data ({@link ClassDataCommand}) that this JVM uses is used.
   */
  static NodeLaunch ofThisProgram(Map<String, String> environment) {
    List<String> flags = new ArrayList<>();
    for (String flag : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
      if (flag.startsWith("-D") || flag.startsWith("--") || isAboutClassData(flag)) {
        flags.add(flag);
      }
    }
    flags.add("-XX:+UseG1GC");
    flags.add("-Xmx" + environment.getOrDefault("RAFTWOOD_HEAP", "512m"));
    Arrays.stream(environment.getOrDefault("RAFTWOOD_JAVA_OPTS", "").split("\\s+"))
        .filter(option -> !option.isEmpty())
        .forEach(flags::add);
    return new NodeLaunch(flags, absoluteClassPath(), RaftwoodMain.class.getName());
  }

  private static boolean isAboutClassData(String flag) {
    return flag.startsWith(USE_CLASS_DATA) || flag.startsWith(CLASS_DATA_LOG);
  }

  /** The same with more flags, which win. */
  NodeLaunch with(List<String> more) {
    List<String> flags = new ArrayList<>(jvmFlags);
    flags.addAll(more);
    return new NodeLaunch(flags, classPath, mainClass);
  }

  /** The same, but the JVM writes the names of the classes that it loads into {@code list}. */
  NodeLaunch recordingClasses(Path list) {
    List<String> flags = withoutClassData();
    flags.add("-XX:DumpLoadedClassList=" + list);
    return new NodeLaunch(flags, classPath, mainClass);
  }

  /**
   * The command that makes class data of the classes in {@code list}, for this JVM, these flags and
   * this class path, and writes it into {@code file}; it prints only what went wrong.
   *
   * <p>An archive of all classes rather than one on top of the JDK's: that one would lack each
   * class as old as picocli's, and the code behind lambdas.
   */
  List<String> classDataCommand(Path list, Path file) {
    List<String> command = new ArrayList<>();
    command.add(java());
    command.addAll(withoutClassData());
    command.add("-Xshare:dump");
    command.add("-XX:SharedClassListFile=" + list);
    command.add(USE_CLASS_DATA + file);
    // It says of every class that it leaves out that it does.
    command.add("-Xlog:all=off,all=error:stderr");
    command.addAll(List.of("-cp", classPath));
    return command;
  }

  private List<String> withoutClassData() {
    List<String> flags = new ArrayList<>(jvmFlags);
    flags.removeIf(NodeLaunch::isAboutClassData);
    return flags;
  }

  /**
   * The command line. In a session of its own where that can be had, so that Ctrl-C in the terminal
   * reaches only us and the nodes are stopped in order, and so that detached ones outlive it.
   */
  List<String> command(Path configFile) {
    return command(List.of("server", "--config", configFile.toString()));
  }

  /** The same for other {@code arguments} of the program. */
  List<String> command(List<String> arguments) {
    List<String> command = new ArrayList<>();
    if (SETSID.toFile().canExecute()) {
      command.add(SETSID.toString());
    }
    command.add(java());
    command.addAll(jvmFlags);
    command.addAll(List.of("-cp", classPath, mainClass));
    command.addAll(arguments);
    return command;
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  private static String absoluteClassPath() {
    return String.join(
        File.pathSeparator,
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .map(entry -> Path.of(entry).toAbsolutePath().toString())
            .toList());
  }
}
