package dev.baton.hub.servicenow;

import java.time.Duration;

/**
 * How long a conversation in ServiceNow is waited for, and what is shown.
 *
 * @param firstCallback from acceptance to the first callback; then a diagnosis follows
 * @param handover from a callback of the bot to Agent Chat taking over
 * @param botTurn longest wait for the callback to a request during a bot's turn
 * @param settle silence after which a bot's turn counts as over when it asked nothing
 * @param surveyWait from the agent's end to the first question of a survey
 * @param survey longest survey
 * @param watch time between two looks at the interaction; zero never looks
 * @param longQueue waiting for an agent for this long is logged
 * @param repeats how long an item without id counts as a repeat of the same one
 * @param agentLookUp whether the agent's name is read from the interaction when no callback holds
 *     it
 * @param systemTexts whether ServiceNow's own lines are shown
 * @param virtualAgent name of ServiceNow's bot where the customer talks with it
 */
record Rules(
    Duration firstCallback,
    Duration handover,
    Duration botTurn,
    Duration settle,
    Duration surveyWait,
    Duration survey,
    Duration watch,
    Duration longQueue,
    Duration repeats,
    boolean agentLookUp,
    boolean systemTexts,
    String virtualAgent) {

  static Rules of(ServiceNowConfig config) {
    return new Rules(
        config.duration("first-callback", "30s"),
        config.duration("handover", "10s"),
        config.duration("bot-turn", "30s"),
        config.duration("bot-settle", "1s"),
        config.duration("survey-wait", "5s"),
        config.duration("survey", "2m"),
        config.duration("watch", "30s"),
        config.duration("long-queue", "10m"),
        config.duration("repeats", "3s"),
        config.flag("agent-look-up", true),
        config.flag("system-texts", true),
        config.text("virtual-agent-name", "Virtual Agent"));
  }
}
