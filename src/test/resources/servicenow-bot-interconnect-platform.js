// Stand-ins for what ServiceNow offers to the inbound transformer: its class helpers, the log, and the vendor's
// transformer, of which the documentation shows that it holds the answer in _response.
var Class = {
  create: function() {
    return function() {
      if (typeof this.initialize === 'function') {
        this.initialize.apply(this, arguments);
      }
    };
  }
};

Object.extendsObject = function(parent, members) {
  var prototype = Object.create(parent.prototype);
  for (var name in members) {
    prototype[name] = members[name];
  }
  return prototype;
};

var logged = [];
var gs = {
  info: function(text) { logged.push('info ' + text); },
  warn: function(text) { logged.push('warn ' + text); }
};

var sn_va_bot_ic = { DirectLinePrimaryBotIntegrationInboundTransformer: Class.create() };
sn_va_bot_ic.DirectLinePrimaryBotIntegrationInboundTransformer.prototype = {
  initialize: function(response) { this._response = response; },
  shouldConnectToAgent: function() { return false; },
  texts: function() {
    return this._response.activities
      .filter(function(activity) { return activity.type === 'message'; })
      .map(function(activity) { return activity.text; });
  },
  type: 'DirectLinePrimaryBotIntegrationInboundTransformer'
};
