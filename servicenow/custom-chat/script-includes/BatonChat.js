/*
 * Script Include "BatonChat" (Global, accessible from: All application scopes, client callable: no).
 *
 * What the scripts of the custom chat integration share. Contract 1, docs/servicenow-custom-chat.md.
 * ECMAScript 5: runs in every mode of ServiceNow's engine.
 *
 * System properties, all begin with "baton.chat.":
 *   callback_url               where Baton listens: https://<baton>/hubs/<hub>/events
 *   callback_url.<inbound id>  the same for one of several channel identities
 *   provider_application       sys_id of the channel identity; empty: found by its inbound id
 *   inbound_secret             type password2, optional: key of the signatures that Baton sends
 *   transcript_limit           most characters of the earlier transcript given to agents (4000)
 *   user_key                   "session" (default): every handoff is a user of its own; "user": one user per customer
 *   seen_table                 table that remembers requests (u_baton_seen); empty: repeats are not noticed
 *   allow_http                 "true" only for tests without TLS
 */
var BatonChat = Class.create();

BatonChat.CONTRACT = '1';

/** Actions of the contract, in the words of the contextual actions. */
BatonChat.ACTIONS = { START_CONVERSATION: 'START_CONVERSATION', AGENT: 'AGENT', END_CONVERSATION: 'END_CONVERSATION',
  SKIP: 'SKIP' };

BatonChat.prototype = {
  initialize: function() {},

  property: function(name, preset) {
    var value = gs.getProperty('baton.chat.' + name);
    return value === null || value === undefined || String(value) === '' ? preset : String(value);
  },

  /* ---- from Baton: the scripted REST resource ---- */

  /** The sys_id of the channel identity that a request is for, or ''. */
  providerApplication: function(inboundId) {
    var fixed = this.property('provider_application', '');
    if (fixed) {
      return fixed;
    }
    var asked = inboundId ? String(inboundId) : 'baton';
    if (!/^[A-Za-z0-9_.+-]{1,100}$/.test(asked)) {
      return '';
    }
    var identity = new GlideRecord('sys_cs_provider_application');
    identity.addQuery('inbound_id', asked);
    identity.setLimit(1);
    identity.query();
    return identity.next() ? String(identity.getUniqueValue()) : '';
  },

  /** Only these headers are put into the queue: nothing else of the request is kept. */
  authHeaders: function(request) {
    var kept = {};
    var names = ['token', 'x-b2b-signature'];
    for (var i = 0; i < names.length; i++) {
      var value = request.getHeader(names[i]);
      if (value) {
        kept[names[i]] = String(value);
      }
    }
    return kept;
  },

  /** Whether the request carries Baton's signature; true when no inbound_secret is set. */
  signed: function(request, raw) {
    var secret = this.property('inbound_secret', '');
    if (!secret) {
      return true;
    }
    return this.same(String(request.getHeader('x-baton-signature-256') || ''), this.signature(secret, raw));
  },

  /** Answers 401 and returns true unless the request carries both proofs. */
  refused: function(request, response, application, raw) {
    var headers = JSON.stringify(this.authHeaders(request));
    if (this.signed(request, raw) && sn_cs.VASystemObject.validateMessage(application, raw, headers) !== false) {
      return false;
    }
    this.fail(response, 401, 'unauthorized', 'the request is not authenticated');
    return true;
  },

  /** What is wrong with a request of the contract, or null. */
  problem: function(message) {
    if (!message) {
      return 'the body is not a JSON object';
    }
    if (String(message.contract || '').split('.')[0] !== BatonChat.CONTRACT) {
      return 'contract must be "' + BatonChat.CONTRACT + '"';
    }
    var ids = ['requestId', 'clientSessionId'];
    for (var i = 0; i < ids.length; i++) {
      if (!this.isId(message[ids[i]])) {
        return ids[i] + ' must be 1 to 200 printable characters of ASCII without blanks';
      }
    }
    if (typeof message.userId !== 'string' || !/^.{1,200}$/.test(message.userId) || /^javascript:/i.test(message.userId)) {
      return 'userId must be a text of 1 to 200 characters';
    }
    var said = message.message || {};
    return message.action || said.text || said.attachment ? null : 'there is neither action, message.text nor message.attachment';
  },

  /** Whether this integration has anything to do for a request; typing, for one, it cannot show. */
  concerned: function(message) {
    return !message.action || BatonChat.ACTIONS.hasOwnProperty(message.action);
  },

  /** Whom the framework takes for the user: one for each session unless baton.chat.user_key is "user". */
  providerUser: function(message) {
    var key = this.property('user_key', 'session') === 'user' ? 'userId' : 'clientSessionId';
    return message[key] ? String(message[key]) : '';
  },

  /** Answers 200 with a JSON body, as it stands: no "result" around it. */
  succeed: function(response, body) {
    response.setStatus(200);
    response.setContentType('application/json');
    response.getStreamWriter().writeString(JSON.stringify(body));
  },

  /** Printable ASCII; never what the database layer would take for a script. */
  isId: function(text) {
    return typeof text === 'string' && /^[\x21-\x7e]{1,200}$/.test(text) && !/^javascript:/i.test(text);
  },

  /** What a request is remembered by: ids are unique within their conversation. */
  key: function(message) {
    return String(new GlideDigest().getSHA256Hex(message.clientSessionId + ' ' + message.requestId));
  },

  /**
   * Remembers a request. The table has a unique index on u_id, so that of two at the same time one
   * fails. Returns false when it was there already; true too when there is no table.
   */
  remember: function(message) {
    var table = this.property('seen_table', 'u_baton_seen');
    var row = new GlideRecord(table);
    if (!table || !row.isValid()) {
      return true;
    }
    var key = this.key(message);
    row.addQuery('u_id', key);
    row.setLimit(1);
    row.query();
    if (row.next()) {
      return false;
    }
    var fresh = new GlideRecord(table);
    fresh.initialize();
    fresh.setValue('u_id', key);
    return !!fresh.insert();
  },

  /** Takes back what remember did, so that a repeat can succeed. */
  forget: function(message) {
    var row = new GlideRecord(this.property('seen_table', 'u_baton_seen'));
    if (row.isValid()) {
      row.addQuery('u_id', this.key(message));
      row.query();
      row.deleteMultiple();
    }
  },

  /** Answers with an error in the platform's own form; the code stands first in the detail. */
  fail: function(response, status, code, detail) {
    var error = new sn_ws_err.ServiceError();
    error.setStatus(status);
    error.setMessage('Failed to process the request');
    error.setDetail(code + ': ' + detail);
    response.setError(error);
  },

  /* ---- from Baton: the provider attributes action ---- */

  /** The request_context of a request of the contract. */
  requestContext: function(message) {
    var said = message.message || {};
    var text = said.text === undefined || said.text === null ? '' : String(said.text);
    // The user's words stand in the transcript only if typed_value has them, also beside an action.
    var context = { typed_value: text };
    if (said.typed === false && text) {
      context.baton_value = text;
    }
    if (BatonChat.ACTIONS.hasOwnProperty(message.action)) {
      context.contextual_action = BatonChat.ACTIONS[message.action];
    }
    if (message.action === 'SKIP') {
      context.typed_value = '_skip_internal';
    }
    if (said.attachment && said.attachment.url) {
      context.attachment_value = { url: said.attachment.url, content_type: said.attachment.contentType || '',
        name: said.attachment.fileName || 'file', headers: said.attachment.headers || {} };
    }
    context.context_vars = this.contextVariables(message);
    return context;
  },

  /** Strings only: that is what topics and routing conditions compare with. */
  contextVariables: function(message) {
    var variables = {};
    var given = message.contextVariables || {};
    for (var name in given) {
      if (given.hasOwnProperty(name) && given[name] !== null && typeof given[name] !== 'undefined') {
        variables[name] = String(given[name]);
      }
    }
    if (message.timezone && !variables.deviceTimeZone) {
      variables.deviceTimeZone = String(message.timezone);
    }
    if (message.history && message.history.length) {
      variables.baton_transcript = this.transcript(message.history);
    }
    return variables;
  },

  /** One line per message, the newest kept when there is not room for all. */
  transcript: function(history) {
    var limit = parseInt(this.property('transcript_limit', '4000'), 10) || 4000;
    var text = '';
    for (var i = history.length - 1; i >= 0; i--) {
      var line = (history[i].displayName || '?') + ': ' + (history[i].value || '');
      if (text.length + line.length + 1 > limit) {
        return '[' + (i + 1) + ' earlier messages left out]\n' + text;
      }
      text = line + (text ? '\n' + text : '');
    }
    return text;
  },

  /* ---- to Baton: the sender ---- */

  /** The items of what the framework hands to the sender: one or many, texts or objects. */
  items: function(messages) {
    var items = [];
    var read = this.parsed(messages);
    var list = Object.prototype.toString.call(read) === '[object Array]' ? read : [read];
    for (var i = 0; i < list.length; i++) {
      var one = this.parsed(list[i]);
      if (Object.prototype.toString.call(one) === '[object Array]') {
        items = items.concat(this.items(one));
      } else if (one && typeof one === 'object' && !one.uiType && (one.result || one.text_message)) {
        items = items.concat(this.items(one.result || one.text_message));
      } else if (one && typeof one === 'object') {
        items.push(one);
      } else if (one !== null && one !== undefined && String(one) !== '') {
        items.push({ uiType: 'OutputText', value: String(one) });
      }
    }
    return items;
  },

  /** The body of a call to Baton, in ASCII, so that signature and bytes cannot differ. */
  batch: function(appInboundId, channelUserId, messages) {
    var items = this.items(messages);
    var batch = { contract: BatonChat.CONTRACT, sentAt: new Date().getTime(),
      appInboundId: String(appInboundId || ''), userId: String(channelUserId || '') };
    if (this.property('user_key', 'session') !== 'user') {
      batch.clientSessionId = batch.userId;
    }
    for (var i = 0; i < items.length; i++) {
      items[i].messageId = items[i].messageId || String(gs.generateGUID());
      if (items[i].clientSessionId) {
        batch.clientSessionId = items[i].clientSessionId;
        delete items[i].clientSessionId;
      }
      if (items[i].requestId) {
        batch.requestId = items[i].requestId;
        delete items[i].requestId;
      }
      // Who has the conversation after the last of them.
      batch.agentChat = items[i].agentChat === true;
      delete items[i].agentChat;
    }
    batch.id = 'b-' + (items.length ? items[0].messageId : gs.generateGUID());
    batch.body = items;
    return this.ascii(JSON.stringify(batch));
  },

  ascii: function(json) {
    return json.replace(/[\u007f-\uffff]/g, function(c) {
      return '\\u' + ('0000' + c.charCodeAt(0).toString(16)).slice(-4);
    });
  },

  /** Posts a body. Returns {status, retry, error}; retry: sending the same body again may help. */
  post: function(url, body, token) {
    if (!/^https:\/\//i.test(url) && this.property('allow_http', 'false') !== 'true') {
      return { status: 0, retry: false, error: 'baton.chat.callback_url must begin with https://' };
    }
    var call = new sn_ws.RESTMessageV2();
    call.setEndpoint(url);
    call.setHttpMethod('post');
    call.setHttpTimeout(10000);
    call.setRequestHeader('Content-Type', 'application/json');
    call.setRequestHeader('Accept', 'application/json');
    call.setRequestHeader('User-Agent', 'ServiceNow-BatonChat/' + BatonChat.CONTRACT);
    call.setRequestHeader('X-Hub-Signature-256', this.signature(token, body));
    call.setRequestBody(body);
    var answer = call.execute();
    var status = parseInt(answer.getStatusCode(), 10) || 0;
    return { status: status, retry: status < 200 || status === 408 || status === 429 || status >= 500,
      error: status >= 200 && status < 300 ? null : 'Baton answered ' + status };
  },

  callbackUrl: function(appInboundId) {
    return this.property('callback_url.' + appInboundId, this.property('callback_url', ''));
  },

  /* ---- signatures ---- */

  /** "sha256=" and the hex HMAC-SHA256 of an ASCII text. */
  signature: function(secret, text) {
    var key = typeof GlideStringUtil === 'undefined' ? gs.base64Encode(secret) : GlideStringUtil.base64Encode(secret);
    var tool = typeof GlideCertificateEncryption === 'undefined' ? new CertificateEncryption() : new GlideCertificateEncryption();
    return 'sha256=' + this.hex(String(tool.generateMac(key, 'HmacSHA256', text)));
  },

  hex: function(base64) {
    var digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
    var hex = '';
    var bits = 0;
    var held = 0;
    for (var i = 0; i < base64.length; i++) {
      var digit = digits.indexOf(base64.charAt(i));
      if (digit < 0) {
        continue;
      }
      held = (held << 6) | digit;
      bits += 6;
      if (bits >= 8) {
        bits -= 8;
        hex += ('0' + ((held >> bits) & 255).toString(16)).slice(-2);
        held = held & ((1 << bits) - 1);
      }
    }
    return hex;
  },

  /** Compares in a time that does not tell where two texts differ. */
  same: function(one, other) {
    var different = one.length ^ other.length;
    for (var i = 0; i < other.length; i++) {
      different |= one.charCodeAt(i % (one.length || 1)) ^ other.charCodeAt(i);
    }
    return different === 0;
  },

  /* ---- reading ---- */

  /** An object, also from its JSON text; null for anything else. */
  object: function(value) {
    var read = this.parsed(value);
    return read && typeof read === 'object' ? read : null;
  },

  /** The JSON value of a text, or the text itself. The platform's texts are often not JavaScript's own. */
  parsed: function(value) {
    var kind = Object.prototype.toString.call(value);
    if (value === null || value === undefined || kind === '[object Object]' || kind === '[object Array]') {
      return value;
    }
    try {
      return JSON.parse(String(value));
    } catch (e) {
      return String(value);
    }
  },

  type: 'BatonChat'
};
