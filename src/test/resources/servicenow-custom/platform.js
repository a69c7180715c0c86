// Stand-ins for what ServiceNow offers to scripts, as far as the scripts of the custom chat integration use
// it. "host" is the Java side: dev.baton.hub.servicenow.custom.Platform. Strings from it are Java strings, as
// they are in ServiceNow, not JavaScript's own.
var Class = {
  create: function() {
    return function() {
      this.initialize.apply(this, arguments);
    };
  }
};

var gs = {
  getProperty: function(name) { return host.property(name); },
  generateGUID: function() { return host.guid(); },
  base64Encode: function(text) { return host.base64(text); },
  getMessage: function(text, values) { return text.replace('{0}', values ? values[0] : '{0}'); },
  debug: function(text) { host.log('debug', text); },
  info: function(text) { host.log('info', text); },
  warn: function(text) { host.log('warn', text); },
  error: function(text) { host.log('error', text); }
};

var GlideStringUtil = { base64Encode: function(text) { return host.base64(text); } };

function GlideCertificateEncryption() {}
GlideCertificateEncryption.prototype.generateMac = function(key, algorithm, data) {
  return host.mac(key, algorithm, data);
};

function GlideRecord(table) {
  this.table = table;
  this.conditions = {};
  this.rows = null;
  this.at = -1;
  this.fresh = null;
}
GlideRecord.prototype = {
  isValid: function() { return host.hasTable(this.table); },
  addQuery: function(field, value) { this.conditions[field] = String(value); },
  setLimit: function() {},
  query: function() { this.rows = JSON.parse(String(host.rows(this.table, JSON.stringify(this.conditions)))); },
  get: function(id) { this.addQuery('sys_id', id); this.query(); return this.next(); },
  next: function() { this.at += 1; return this.at < this.rows.length; },
  getValue: function(field) { return this.rows[this.at][field] === undefined ? null : this.rows[this.at][field]; },
  getUniqueValue: function() { return this.rows[this.at].sys_id; },
  initialize: function() { this.fresh = {}; },
  setValue: function(field, value) { this.fresh[field] = String(value); },
  insert: function() { return host.insert(this.table, JSON.stringify(this.fresh)); },
  deleteMultiple: function() { host.remove(this.table, JSON.stringify(this.conditions)); }
};

function GlideDigest() {}
GlideDigest.prototype.getSHA256Hex = function(text) { return host.sha256(text); };

function GlideDateTime() {}

function GlideSchedule(id) {
  this.isInSchedule = function(time) { return time instanceof GlideDateTime && host.inSchedule(id); };
}

var sn_ws_err = {
  ServiceError: function() {
    this.status = 500;
    this.setStatus = function(status) { this.status = status; };
    this.setMessage = function(message) { this.message = message; };
    this.setDetail = function(detail) { this.detail = detail; };
  }
};

var sn_ws = {
  RESTMessageV2: function() {
    var headers = {};
    var endpoint, method, body, timeout;
    this.setEndpoint = function(url) { endpoint = url; };
    this.setHttpMethod = function(name) { method = name; };
    this.setHttpTimeout = function(millis) { timeout = millis; };
    this.setRequestHeader = function(name, value) { headers[name] = value; };
    this.setRequestBody = function(text) { body = text; };
    this.execute = function() {
      var status = host.http(method, endpoint, JSON.stringify(headers), body, timeout);
      return { getStatusCode: function() { return status; } };
    };
  }
};

var sn_cs = {
  VASystemObject: {
    validateMessage: function(app, payload, headers) { return host.validateMessage(app, payload, headers); },
    enqueueCustomAdapterMessage: function(app, payload, headers, time) { return host.enqueue(app, payload, headers, time); },
    startConversation: function(id) { host.did('startConversation', id); },
    endConversation: function(id) { host.did('endConversation', id); },
    switchToLiveAgent: function(id) { host.did('switchToLiveAgent', id); },
    skipOptionalQuestion: function(id) { host.did('skipOptionalQuestion', id); },
    getProviderUserContext: function(key, app, user) { return host.userContext(app, user, key); },
    setProviderUserContext: function(key, value, app, user) { host.setUserContext(app, user, key, JSON.stringify(value)); }
  }
};

// What is newer than ECMAScript 5 is not there.
(function() {
  var newer = { String: ['includes', 'startsWith', 'endsWith', 'repeat', 'padStart', 'padEnd', 'codePointAt', 'matchAll',
    'replaceAll', 'trimStart', 'trimEnd', 'at'], Array: ['includes', 'find', 'findIndex', 'fill', 'flat', 'flatMap',
    'entries', 'keys', 'values', 'copyWithin', 'at'] };
  for (var type in newer) {
    for (var i = 0; i < newer[type].length; i++) {
      delete this[type].prototype[newer[type][i]];
    }
  }
  var statics = { Object: ['assign', 'entries', 'values', 'fromEntries', 'is'], Array: ['from', 'of'],
    Number: ['isInteger', 'isNaN', 'isFinite', 'parseInt', 'parseFloat'], String: ['fromCodePoint', 'raw'] };
  for (type in statics) {
    for (i = 0; i < statics[type].length; i++) {
      delete this[type][statics[type][i]];
    }
  }
  var names = ['Promise', 'Map', 'Set', 'WeakMap', 'WeakSet', 'Symbol', 'Proxy', 'Reflect', 'BigInt', 'globalThis'];
  for (i = 0; i < names.length; i++) {
    delete this[names[i]];
  }
}).call(this);
