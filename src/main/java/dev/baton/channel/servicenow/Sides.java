package dev.baton.channel.servicenow;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Tells the customer's own activities from the bot's. Direct Line gives them a role; others may
 * not. Then what answers something, or says something about further input, is the bot's, and the
 * first sender of anything else is the customer, as the post comes before its answers.
 */
final class Sides {
  private String customer;

  /**
   * @param customer id of the customer when it is known, or null
   */
  Sides(String customer) {
    this.customer = customer;
  }

  /** Whether the customer's side sent it. Activities are to be asked for in their order. */
  boolean isOwn(JsonNode activity) {
    String sender = activity.path("from").path("id").asText("");
    String role = activity.path("from").path("role").asText("");
    if (!role.isEmpty()) {
      boolean own = role.equalsIgnoreCase("user");
      if (own && !sender.isEmpty()) {
        customer = sender;
      }
      return own;
    }
    if (activity.hasNonNull("replyToId") || activity.hasNonNull("inputHint")) {
      return false;
    }
    if (customer == null) {
      customer = sender;
    }
    return sender.equals(customer);
  }

  /** Id of the customer, as far as it is known; or null. */
  String customer() {
    return customer;
  }
}
