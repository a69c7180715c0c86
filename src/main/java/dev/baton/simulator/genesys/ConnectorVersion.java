package dev.baton.simulator.genesys;

/** Which connector the flow calls. */
public enum ConnectorVersion {
  /** Bot Connector: one URL, {@code replymessages}, slots in {@code slotValues}. */
  LEGACY,
  /** Digital Bot Connector: a base URL, {@code replyMessages}, slots in {@code entities}. */
  DIGITAL
}
