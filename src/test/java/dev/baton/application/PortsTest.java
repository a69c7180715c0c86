package dev.baton.application;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.baton.configuration.ConfigurationException;
import dev.baton.configuration.Settings;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PortsTest {
  @TempDir Path folder;

  @Test
  void aTakenPortStopsTheStartAndIsNamed() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Settings settings =
          Settings.of(
              Map.of(
                  "baton.host",
                  "127.0.0.1",
                  "baton.port",
                  Integer.toString(taken.getLocalPort()),
                  "baton.management.port",
                  "0",
                  "baton.data",
                  folder.toString()));
      assertThatThrownBy(() -> Application.start(settings))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining(
              "BTN-4027 baton.port: cannot listen on 127.0.0.1:" + taken.getLocalPort());
    }
  }
}
