package dev.baton.configuration;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.apache.camel.spi.PropertiesFunction;

/**
 * {@code {{file:/run/secrets/token}}}: the content of a file without the line end, as container
 * platforms mount secrets.
 */
public final class SecretFileFunction implements PropertiesFunction {
  private static final int LIMIT = 64 * 1024;

  @Override
  public String getName() {
    return "file";
  }

  @Override
  public String apply(String remainder) {
    try {
      Path file = Path.of(remainder.strip());
      if (Files.size(file) > LIMIT) {
        throw new IllegalArgumentException("File " + file + " is larger than 64 KB");
      }
      return Files.readString(file).strip();
    } catch (IOException | InvalidPathException e) {
      throw new IllegalArgumentException("File " + remainder + " cannot be read", e);
    }
  }
}
