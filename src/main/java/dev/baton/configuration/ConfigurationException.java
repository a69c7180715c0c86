package dev.baton.configuration;

import java.util.List;
import java.util.stream.Collectors;

/** The configuration cannot be used. Holds every problem found, not just the first. */
public class ConfigurationException extends RuntimeException {
  private final transient List<Problem> problems;

  public ConfigurationException(List<Problem> problems) {
    super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
    this.problems = List.copyOf(problems);
  }

  public List<Problem> problems() {
    return problems;
  }
}
