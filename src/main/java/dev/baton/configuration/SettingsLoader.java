package dev.baton.configuration;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * Reads the configuration. The later wins: shipped defaults, file, environment ({@code BATON_PORT}
 * for {@code baton.port}), {@code -D}, overrides.
 */
public final class SettingsLoader {
  private static final Path USUAL_FILE = Path.of("conf", "application.properties");

  private Path file = USUAL_FILE;
  private boolean fileRequired;
  private Map<String, String> environment = System.getenv();
  private Properties system = System.getProperties();
  private Properties overrides = new Properties();

  /**
   * What was read and what is wrong with it.
   *
   * @param settings null when a problem is an error
   */
  public record Result(Settings settings, List<Problem> problems) {}

  /**
   * The file to read, which must exist; null for {@code conf/application.properties} if present.
   */
  public SettingsLoader file(Path chosen) {
    this.file = chosen == null ? USUAL_FILE : chosen;
    this.fileRequired = chosen != null;
    return this;
  }

  public SettingsLoader environment(Map<String, String> variables) {
    this.environment = Map.copyOf(variables);
    return this;
  }

  public SettingsLoader system(Properties properties) {
    this.system = properties;
    return this;
  }

  /** What the command line sets; wins over everything. */
  public SettingsLoader overrides(Properties properties) {
    this.overrides = properties;
    return this;
  }

  /**
   * @throws ConfigurationException with every error found
   */
  public Settings load() {
    Result result = check();
    if (result.settings() == null) {
      throw new ConfigurationException(
          result.problems().stream().filter(p -> p.severity() == Problem.Severity.ERROR).toList());
    }
    return result.settings();
  }

  /** Like {@link #load()}, but reports warnings too and does not throw. */
  public Result check() {
    try {
      PropertySources sources = new PropertySources().defaults();
      if (fileRequired || Files.exists(file)) {
        sources.file(file);
      }
      sources.environment(environment).system(system).all(overrides, "command line");
      Values values = new Values(sources, environment);
      Settings settings = new SettingsAssembly(values).settings();
      new ConfigurationChecks(values, settings).run();
      List<Problem> problems = values.problems().stream().distinct().toList();
      boolean usable = problems.stream().noneMatch(p -> p.severity() == Problem.Severity.ERROR);
      return new Result(usable ? settings : null, problems);
    } catch (ConfigurationException e) {
      return new Result(null, e.problems());
    }
  }
}
