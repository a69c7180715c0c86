/*
 * Script Include "BatonInboundTransformer" (Global, accessible from: All application scopes, client callable: no).
 *
 * Connects the customer to a live agent as soon as the secondary bot behind Direct Line asks for a human. Choose it as
 * inbound transformer of the Bot Interconnect DirectLine integration; docs/servicenow-bot-interconnect.md says where.
 * ECMAScript 5: runs in every mode of ServiceNow's engine.
 */
var BatonInboundTransformer = Class.create();

/** Names of the events with which the bot asks for a human. The same as baton.bots.<bot>.handoff-events. */
BatonInboundTransformer.HANDOFF_EVENTS = ['handoff.initiate'];

/**
 * Variables of the handoff that are put into handoffContext(), or null for all of them. Copilot Studio's own begin with
 * "va_", such as "va_LastTopic"; an author's have the names that the author gave them.
 */
BatonInboundTransformer.CONTEXT_VARIABLES = null;

/** The longest value that is put there; longer ones are cut. */
BatonInboundTransformer.LONGEST_VALUE = 1000;

BatonInboundTransformer.prototype = Object.extendsObject(sn_va_bot_ic.DirectLinePrimaryBotIntegrationInboundTransformer, {

  /** Called by Bot Interconnect for every answer of the relay. */
  shouldConnectToAgent: function() {
    var event = this.handoffEvent();
    if (event === null) {
      return false;
    }
    // The id alone: context and texts are the customer's.
    gs.info('BatonInboundTransformer: the bot asks for a human, activity ' + String(event.id));
    return true;
  },

  /** The bot's request for a human in this answer, or null. */
  handoffEvent: function() {
    var activities = this.activities();
    for (var i = 0; i < activities.length; i++) {
      if (this.isHandoff(activities[i])) {
        return activities[i];
      }
    }
    return null;
  },

  /**
   * The variables of the request as a flat object, {} without a request. For your own transformation map, or for what
   * you do before the agent is connected.
   */
  handoffContext: function() {
    var event = this.handoffEvent();
    var value = event === null ? null : event.value;
    var context = {};
    if (value === null || typeof value !== 'object') {
      return context; // an author's event may carry a plain text
    }
    var names = BatonInboundTransformer.CONTEXT_VARIABLES || Object.keys(value);
    for (var i = 0; i < names.length; i++) {
      var text = this.asText(value[names[i]]);
      if (text !== '') {
        context[names[i]] = text;
      }
    }
    return context;
  },

  /** The activities of the answer, whether it comes parsed or as text. */
  activities: function() {
    var response = this._response;
    if (response !== null && response !== undefined && typeof response !== 'object') {
      response = this.parsed(response);
    } else if (response instanceof String) {
      response = this.parsed(response);
    }
    var activities = response ? response.activities : null;
    return activities && typeof activities.length === 'number' ? activities : [];
  },

  parsed: function(text) {
    try {
      return JSON.parse(String(text));
    } catch (e) {
      gs.warn('BatonInboundTransformer: the answer of the relay is not JSON');
      return null;
    }
  },

  isHandoff: function(activity) {
    if (!activity || activity.type !== 'event') {
      return false;
    }
    var role = activity.from ? String(activity.from.role).toLowerCase() : '';
    return role !== 'user' && BatonInboundTransformer.HANDOFF_EVENTS.indexOf(String(activity.name)) >= 0;
  },

  asText: function(value) {
    if (value === null || value === undefined) {
      return '';
    }
    var text = typeof value === 'object' ? JSON.stringify(value) : String(value);
    return text.length > BatonInboundTransformer.LONGEST_VALUE
      ? text.substring(0, BatonInboundTransformer.LONGEST_VALUE)
      : text;
  },

  type: 'BatonInboundTransformer'
});
