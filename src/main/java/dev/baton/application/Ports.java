package dev.baton.application;

import dev.baton.configuration.ConfigurationException;
import dev.baton.configuration.Problem;
import dev.baton.configuration.Settings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/**
 * Camel's server logs that its port is taken and goes on as if it listened; a node without its port
 * is none.
 */
final class Ports {
  private Ports() {}

  /**
   * Fails when a port that Baton is about to open is taken or may not be opened.
   *
   * @throws ConfigurationException BTN-4027
   */
  static void requireFree(Settings.Server server) {
    List<Problem> problems = new ArrayList<>();
    check("baton.port", server.host(), server.port(), problems);
    check("baton.management.port", server.managementHost(), server.managementPort(), problems);
    if (!problems.isEmpty()) {
      throw new ConfigurationException(problems);
    }
  }

  private static void check(String option, String host, int port, List<Problem> problems) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(
          true); // what a server that was just stopped leaves behind is no hindrance
      socket.bind(new InetSocketAddress(host, port));
    } catch (IOException e) {
      problems.add(
          new Problem(
              "BTN-4027",
              Problem.Severity.ERROR,
              option,
              "cannot listen on "
                  + host
                  + ":"
                  + port
                  + " ("
                  + e.getMessage()
                  + "); stop what uses the port, or choose another one"));
    }
  }
}
