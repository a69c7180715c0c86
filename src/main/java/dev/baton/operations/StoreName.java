package dev.baton.operations;

import dev.baton.configuration.Settings;

/** Names a store without its credentials, so that two processes can tell whether it is the same. */
public final class StoreName {
  private StoreName() {}

  public static String of(Settings.Store store) {
    return store.url() == null
        ? store.data().toAbsolutePath().normalize().toString()
        : store.url().replaceAll("\\?.*$", "");
  }
}
