package dev.baton.configuration;

import static dev.baton.configuration.OptionType.BOOLEAN;
import static dev.baton.configuration.OptionType.DURATION;
import static dev.baton.configuration.OptionType.LIST;
import static dev.baton.configuration.OptionType.SECRET;
import static dev.baton.configuration.OptionType.SECRETS;
import static dev.baton.configuration.OptionType.TEXT;
import static dev.baton.configuration.OptionType.URL;

import java.util.ArrayList;
import java.util.List;

/** Options of hubs of type {@code servicenow}. */
final class ServiceNowOptions {
  private static final String PREFIX = "baton.hubs.<hub>.";

  private ServiceNowOptions() {}

  static List<Option> all() {
    List<Option> all = new ArrayList<>();
    add(
        all,
        "path",
        TEXT,
        "/api/sn_va_as_service/bot/integration",
        "path of the Bot Integration API");
    add(
        all,
        "username",
        TEXT,
        null,
        "user of the service account, for Basic or the password grant");
    add(all, "password", SECRET, null, "password of the service account");
    add(
        all,
        "oauth-client-id",
        TEXT,
        null,
        "OAuth client; setting it replaces Basic by a bearer token");
    add(all, "oauth-client-secret", SECRET, null, "secret of the OAuth client");
    choice(
        all,
        "oauth-grant",
        "client_credentials",
        List.of("client_credentials", "password"),
        "how the token is asked for");
    add(all, "oauth-scope", TEXT, null, "scope that is asked for");
    add(
        all,
        "oauth-token-url",
        URL,
        null,
        "where tokens come from; default /oauth_token.do of the instance");
    add(
        all,
        "signature-secret",
        SECRET,
        null,
        "key of x-b2b-signature (hash Message Auth); used instead of token");
    add(
        all,
        "callback-user",
        TEXT,
        null,
        "user of the Basic profile with which ServiceNow calls back");
    add(all, "callback-password", SECRETS, null, "its password; several while it is changed");
    add(
        all,
        "callback-header",
        TEXT,
        "x-api-key",
        "header that holds callback-secret, instead of Basic");
    add(
        all,
        "callback-alias",
        BOOLEAN,
        "false",
        "whether callbacks also come to /rest/LiveAgentService/SnowSendMessageToUser");
    add(all, "app-inbound-id", TEXT, null, "Inbound Id of an additional provider application");
    choice(
        all,
        "opening",
        "start",
        List.of("start", "create", "agent", "virtual-agent"),
        "how an agent is asked for: START_CONVERSATION, the create/start pair, AGENT after the"
            + " start (the default of type servicenow-custom), or by the customer, who talks with"
            + " Virtual Agent first");
    add(
        all,
        "virtual-agent-name",
        TEXT,
        "Virtual Agent",
        "the bot's name where opening is virtual-agent");
    add(
        all,
        "agent-words",
        LIST,
        null,
        "what the customer writes to Virtual Agent to be given an agent at once");
    add(all, "live-agent-only", BOOLEAN, "true", "whether ServiceNow's bot is skipped");
    add(
        all,
        "context-mapping",
        TEXT,
        "classpath:mappings/servicenow-context.jslt",
        "JSLT file that makes the context variables; file:… for your own");
    add(
        all,
        "context.<name>",
        TEXT,
        null,
        "a context variable: a path into the handoff, or a text in single quotes");
    choice(
        all,
        "history",
        "start",
        List.of("start", "later", "off"),
        "whether the transcript goes with the start, in a request of its own, or not at all");
    add(all, "timezone", TEXT, null, "customers' time zone, such as Europe/Berlin");
    add(
        all,
        "channel",
        TEXT,
        "27f675e3739713004a905ee515f6a7c3",
        "sys_id of the service channel whose agents count");
    add(all, "queue", TEXT, null, "sys_id of the queue, for availability=group and queue-schedule");
    add(
        all,
        "groups",
        LIST,
        null,
        "sys_ids of the agents' groups; default those of the queue's eligibility pool");
    add(
        all,
        "queue-schedule",
        BOOLEAN,
        "false",
        "whether the queue's schedule says when the hub is closed");
    choice(
        all,
        "parallel",
        "refuse",
        List.of("refuse", "separate"),
        "a second handoff of a user who has one: refused, or under a user id of its own");
    choice(
        all,
        "attachments",
        "url",
        List.of("url", "upload"),
        "whether ServiceNow fetches files by URL, or they are uploaded to it");
    add(all, "provider-application", TEXT, null, "sys_id of the provider application, for uploads");
    choice(
        all,
        "date-format",
        "text",
        List.of("text", "epoch"),
        "form of answers to questions for a date");
    add(all, "typing", BOOLEAN, "true", "whether agents see that the customer types");
    add(all, "typing-idle", DURATION, "5s", "after which pause the customer types no longer");
    add(
        all,
        "receipts",
        BOOLEAN,
        "true",
        "whether the hub is told that a message has arrived (there it needs third_party_chat); type"
            + " genesys has it too");
    add(
        all,
        "agent-look-up",
        BOOLEAN,
        "true",
        "whether an agent's name is read from the interaction when no callback has it");
    add(
        all,
        "system-texts",
        BOOLEAN,
        "true",
        "whether ServiceNow's own lines are shown to the customer");
    add(
        all,
        "first-callback",
        DURATION,
        "30s",
        "how long ServiceNow may be silent after the start before the cause is looked for");
    add(
        all,
        "handover",
        DURATION,
        "10s",
        "how long Agent Chat may take after ServiceNow's bot has answered");
    add(
        all,
        "bot-turn",
        DURATION,
        "30s",
        "longest wait for the callback to a message while no agent is there");
    add(
        all,
        "bot-settle",
        DURATION,
        "1s",
        "silence after which the bot's turn counts as over when it asked nothing");
    add(
        all,
        "survey-wait",
        DURATION,
        "5s",
        "how long a survey is waited for after the agent has left");
    add(all, "survey", DURATION, "2m", "how long the customer may take for a survey's question");
    add(all, "watch", DURATION, "30s", "time between two looks at the interaction; 0s never looks");
    add(all, "long-queue", DURATION, "10m", "waiting for an agent for this long is logged");
    add(all, "repeats", DURATION, "3s", "how long an equal message without id counts as a repeat");
    add(all, "check-interval", DURATION, "1s", "how often it is checked what is due");
    return List.copyOf(all);
  }

  private static void add(
      List<Option> all, String key, OptionType type, String preset, String text) {
    all.add(new Option(PREFIX + key, type, preset, List.of(), "Type servicenow: " + text));
  }

  private static void choice(
      List<Option> all, String key, String preset, List<String> choices, String text) {
    all.add(new Option(PREFIX + key, OptionType.TEXT, preset, choices, "Type servicenow: " + text));
  }
}
