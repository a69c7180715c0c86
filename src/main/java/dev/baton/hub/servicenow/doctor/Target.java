package dev.baton.hub.servicenow.doctor;

import dev.baton.operations.doctor.Addresses;
import java.net.URI;
import java.util.List;

/**
 * What Baton's configuration says about the hub, as far as checks need it.
 *
 * @param hub configured name
 * @param url root of the instance
 * @param account user name of the service account, or null with client credentials
 * @param oauth whether OAuth is used; otherwise Basic
 * @param messageAuth what Baton proves its messages with
 * @param endpoints where ServiceNow may deliver; any one is ours
 * @param availability whether handoffs ask for availability first
 * @param chatChannel sys_id of the service channel for chat
 * @param queue sys_id or name of the only queue in question, or null for all of the chat channel
 * @param inboundId of an additional provider application, or null
 * @param uploads whether files are uploaded to the instance instead of being fetched by it
 * @param mediaHost host from which attachments are fetched
 * @param customer e-mail address of a customer to examine, or null
 */
record Target(
    String hub,
    URI url,
    String account,
    boolean oauth,
    MessageAuth messageAuth,
    List<URI> endpoints,
    boolean availability,
    String chatChannel,
    String queue,
    String inboundId,
    boolean uploads,
    String mediaHost,
    String customer) {

  /** Path of callbacks that all hubs share, as other products use it. */
  static final String ALIAS = "/rest/LiveAgentService/SnowSendMessageToUser";

  enum MessageAuth {
    NONE("neither token nor signature-secret"),
    TOKEN("token"),
    SIGNATURE("signature-secret");

    private final String words;

    MessageAuth(String words) {
      this.words = words;
    }

    String words() {
      return words;
    }
  }

  /** The full name of an option of this hub. */
  String option(String key) {
    return "baton.hubs." + hub + "." + key;
  }

  /** Whether ServiceNow calling this address reaches Baton; a query is not compared. */
  boolean isOurs(String address) {
    return endpoints.stream().anyMatch(ours -> Addresses.same(ours.toString(), address));
  }

  /** Whether the address is Baton's other path, which is not switched on. */
  boolean isAliasSwitchedOff(String address) {
    String root = endpoints.get(0).toString().replaceFirst("/hubs/.*$", "");
    return Addresses.same(root + ALIAS, address) && !isOurs(address);
  }

  /** How callbacks that go to this address, which is not ours, can be made to arrive. */
  String remedyFor(String address, String where) {
    return isAliasSwitchedOff(address)
        ? "set " + option("callback-alias") + "=true"
        : "set " + where + " to " + ours();
  }

  String ours() {
    return Addresses.shown(endpoints.get(0).toString());
  }
}
