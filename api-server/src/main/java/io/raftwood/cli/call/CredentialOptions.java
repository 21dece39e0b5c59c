package io.raftwood.cli.call;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine.Option;

/** As whom a command asks. A password is never an argument: others could read it. */
public final class CredentialOptions {
  private static final String VARIABLE = "RAFTWOOD_PASSWORD";

  private final Function<String, String> environment = System::getenv;

  @Option(
      names = "--user",
      paramLabel = "NAME",
      description = "As whom to ask, where the nodes ask for passwords.")
  private Optional<String> user = Optional.empty();

  @Option(
      names = "--password-file",
      paramLabel = "FILE",
      description = "The password is its first line; without it: the variable RAFTWOOD_PASSWORD.")
  private Optional<Path> passwordFile = Optional.empty();

  /**
   * The {@code Authorization} header, if there is a user.
   *
   * @throws CallFailureException (usage) when there is no password
   */
  public Optional<String> header() {
    return user.map(name -> header(name, password(name)));
  }

  /** The header of {@code name}, whose password is {@code password}. */
  public static String header(String name, String password) {
    byte[] pair = (name + ":" + password).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(pair);
  }

  private String password(String name) {
    if (passwordFile.isPresent()) {
      return firstLine("--password-file", passwordFile.get());
    }
    String given = environment.apply(VARIABLE);
    if (given == null || given.isEmpty()) {
      throw CallFailureException.usage(
          "--user " + name + ": no password: give --password-file or set " + VARIABLE);
    }
    return given;
  }

  /**
   * The first line of a file without its end.
   *
   * @throws CallFailureException (usage) when it cannot be read or the line is empty
   */
  public static String firstLine(String option, Path file) {
    try {
      String line = Files.readString(file).lines().findFirst().orElse("");
      if (line.isEmpty()) {
        throw CallFailureException.usage(option + ": the first line of " + file + " is empty");
      }
      return line;
    } catch (IOException e) {
      throw CallFailureException.usage(option + ": cannot read " + file + ": " + e.getMessage());
    }
  }
}
