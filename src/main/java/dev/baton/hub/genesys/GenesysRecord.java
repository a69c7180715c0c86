package dev.baton.hub.genesys;

import java.time.Instant;

/**
 * What is kept of an open conversation beside the journal.
 *
 * @param hub configured name
 * @param from the customer's id at the platform, which is the handoff's key and, to Baton, the id
 *     of the hub's conversation
 * @param conversation Baton's conversation
 * @param at time of the first message, the same at every repeat
 * @param genesysId the platform's own id of the conversation; null until it has told
 */
public record GenesysRecord(
    String hub, String from, String conversation, Instant at, String genesysId) {

  GenesysRecord with(String id) {
    return new GenesysRecord(hub, from, conversation, at, id);
  }

  /** Key of the document. */
  public String id() {
    return hub + "/" + from;
  }
}
