package dev.baton.cli;

import picocli.CommandLine.IVersionProvider;

/** The version that the build wrote into the jar. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    String version = Version.class.getPackage().getImplementationVersion();
    return new String[] {
      "Baton " + (version == null ? "(not from a jar)" : version),
      "Java " + System.getProperty("java.version") + " " + System.getProperty("java.vendor")
    };
  }
}
