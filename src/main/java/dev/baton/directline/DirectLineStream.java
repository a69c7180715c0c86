package dev.baton.directline;

/** How activities are received. */
public enum DirectLineStream {
  /** The WebSocket when the service offers one; polling while it is away. */
  AUTO,
  /** Only the WebSocket. */
  WEBSOCKET,
  /** Only polling. */
  POLLING
}
