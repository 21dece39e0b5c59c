package io.raftwood.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The version that Maven wrote into the jar; a run from class files is a development build. */
public final class BuildVersion {
  private static final String RESOURCE = "/META-INF/maven/io.raftwood/api-server/pom.properties";

  private BuildVersion() {}

  /** As text: {@code 0.1.0-SNAPSHOT}, or {@code development build}. */
  public static String text() {
    try (InputStream in = BuildVersion.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        return "development build";
      }
      Properties properties = new Properties();
      properties.load(in);
      return properties.getProperty("version");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
