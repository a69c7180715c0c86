package dev.baton.hub.genesys;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** What the application tells the hubs of type {@code genesys}. */
public final class GenesysParts {
  private final GenesysWatches watches;
  private final GenesysReceipts receipts;

  GenesysParts(GenesysWatches watches, GenesysReceipts receipts) {
    this.watches = watches;
    this.receipts = receipts;
  }

  /** This node is the active one from now on. Reads from disk. */
  public void resume() {
    watches.watch();
  }

  /** This node stands by from now on. */
  public void rest() {
    watches.rest();
  }

  /** A canvas was given activities of a conversation's stream. Returns at once. */
  public void shown(String conversation, List<ObjectNode> activities) {
    receipts.shown(conversation, activities);
  }
}
