/*
 * Script Include "BatonChatControls" (Global, accessible from: All application scopes, client callable: no).
 *
 * Rich controls as items of the contract: used by the outbound transformer. An item has the vendor's own
 * field names, one spelling of each uiType and actionType, and an id that stays the same however often the
 * item is sent.
 */
var BatonChatControls = Class.create();

/** Fields that an item of each control has besides COMMON. Unknown controls keep those of OTHER. */
BatonChatControls.COMMON = ['group', 'label', 'required', 'maskType', 'messageId', 'nluTextEnabled'];
BatonChatControls.OTHER = ['value', 'header', 'promptMsg', 'message', 'name'];
BatonChatControls.FIELDS = {
  OutputText: ['value', 'itemType', 'citations', 'feedback', 'streamId'],
  InputText: ['itemType', 'entityType'],
  FileUpload: ['itemType', 'maxCount', 'maxSize'],
  TopicPickerControl: ['promptMsg', 'options'],
  Picker: ['options', 'itemType', 'style', 'multiSelect', 'scriptedData', 'promptMsg'],
  Boolean: ['options', 'itemType'],
  Date: ['itemType'],
  Time: ['itemType'],
  DateTime: ['itemType'],
  OutputLink: ['header', 'value', 'type'],
  GroupedPartsOutputControl: ['header', 'groupPartType', 'values'],
  OutputImage: ['value', 'altText'],
  OutputHtml: ['value', 'style', 'width', 'height', 'imageUrl', 'imageHeight', 'imageWidth', 'links'],
  OutputCard: ['templateName', 'data', 'smartLinksMetadata'],
  OutputTable: ['headers', 'data', 'navigationBtnLabel', 'paginationBreak'],
  MultiPartOutput: ['navigationBtnLabel'],
  CustomControl: ['name', 'isInput', 'serializedControlData', 'uxComponentDefinitionSysId'],
  ActionMsg: ['message', 'spinnerType', 'waitTime', 'text', 'header', 'progressMessages',
    'conversationId', 'interactionId', 'parentMessageId', 'shouldUpdateParentMessage']
};

/** Names that some releases print for the same control. */
BatonChatControls.ALIASES = { TopicPicker: 'TopicPickerControl', Picture: 'FileUpload', Carousel: 'Picker',
  MultiSelect: 'Picker', FilePicker: 'FileUpload', Table: 'OutputTable', MultiPart: 'MultiPartOutput',
  GroupedParts: 'GroupedPartsOutputControl', ActionRichControl: 'ActionMsg' };

BatonChatControls.prototype = {
  initialize: function() {
    this.baton = new BatonChat();
  },

  /** The contract's item for a rich control: the vendor's own names, one way of spelling each. */
  item: function(control, payload) {
    control = this.baton.object(control) || {};
    var item = this.body(control);
    item.messageId = String(control.messageId || gs.generateGUID());
    item.at = new Date().getTime();
    var framework = this.baton.object(payload) || {};
    var request = this.request(framework);
    this.copy(request, item, ['clientSessionId', 'requestId']);
    if (this.live(item, framework)) {
      item.agentChat = true;
    }
    var sequence = this.sequence(framework);
    if (sequence !== null) {
      item.sequence = sequence;
    }
    return item;
  },

  body: function(control) {
    var action = this.actionMessage(control);
    if (action) {
      return action;
    }
    var type = String(control.uiType || '');
    type = BatonChatControls.ALIASES.hasOwnProperty(type) ? BatonChatControls.ALIASES[type] : type;
    var known = BatonChatControls.FIELDS.hasOwnProperty(type);
    var item = { uiType: type || 'Unknown' };
    this.copy(control, item, BatonChatControls.COMMON);
    this.copy(control, item, known ? BatonChatControls.FIELDS[type] : BatonChatControls.OTHER);
    if (!known) {
      gs.warn('BatonChatControls: control "' + type + '" is not known; its texts alone are sent');
    }
    if (type === 'OutputText' && item.value === undefined) {
      item.value = item.label;
    }
    if (type === 'OutputCard' && typeof item.data === 'object') {
      item.data = JSON.stringify(item.data);
    }
    if (type === 'MultiPartOutput' && this.baton.object(control.content)) {
      item.content = this.body(this.baton.object(control.content));
    }
    this.agent(control, item);
    return item;
  },

  /**
   * Actions come wrapped in actionMsg, or bare with the type in actionType, type or uiType, and with
   * or without "ActionMsg" at the end of the name. Null for anything else.
   */
  actionMessage: function(control) {
    var inner = this.baton.object(control.actionMsg) || control;
    var isAction = inner !== control || /^(ActionMsg|ActionRichControl)$/i.test(String(control.uiType || ''));
    var names = [inner.actionType, inner.type, inner.uiType, inner.actionMsgType];
    for (var i = 0; i < names.length; i++) {
      var name = String(names[i] || '').replace(/^.*\./, '');
      if (name && !/^(ActionMsg|ActionRichControl)$/i.test(name) && (isAction || /ActionMsg$/.test(name))) {
        var item = { uiType: 'ActionMsg', actionType: name.replace(/ActionMsg$/i, '') };
        this.copy(inner, item, BatonChatControls.FIELDS.ActionMsg);
        this.agent(control, item);
        return item;
      }
    }
    return null;
  },

  agent: function(control, item) {
    var info = this.baton.object(control.agentInfo);
    if (info) {
      item.agentInfo = {};
      this.copy(info, item.agentInfo, ['sentFromAgent', 'agentId', 'agentName', 'agentAvatar']);
    }
  },

  copy: function(from, to, names) {
    for (var i = 0; i < names.length; i++) {
      var value = from[names[i]];
      if (value !== undefined && value !== null) {
        to[names[i]] = value;
      }
    }
  },

  /** Our own message within what the framework hands to transformers as "payload". */
  request: function(outer) {
    var candidates = [outer, this.baton.object(outer.payload), this.baton.object(outer.data), this.baton.object(outer.request)];
    for (var i = 0; i < candidates.length; i++) {
      if (candidates[i] && candidates[i].clientSessionId) {
        return candidates[i];
      }
    }
    return {};
  },

  /** Whether Agent Chat has the conversation: since it was queued and until Virtual Agent has it back. */
  live: function(item, framework) {
    var action = item.uiType === 'ActionMsg' ? item.actionType : '';
    var begins = /^(SubscribeToSupportQueue|SubscribeToChatPresence|SwitchToLiveAgent)$/i.test(action) ||
      (/^StartSpinner$/i.test(action) && item.spinnerType === 'wait_time') ||
      (item.agentInfo && String(item.agentInfo.sentFromAgent) === 'true');
    var ends = /^(SwitchToVirtualAgent|EndSession|StartConversation)$/i.test(action);
    if (begins || ends) {
      this.keep('baton_live', { live: !ends }, framework);
      return !ends;
    }
    var kept = this.kept('baton_live', framework);
    return !!(kept && kept.live);
  },

  /** Numbers what one user is sent; null where the framework offers no place to count. */
  sequence: function(framework) {
    var kept = this.kept('baton_sequence', framework);
    var next = ((kept && kept.last) || 0) + 1;
    return this.keep('baton_sequence', { last: next }, framework) ? next : null;
  },

  kept: function(key, framework) {
    try {
      return framework.appId && framework.userId
        ? this.baton.object(sn_cs.VASystemObject.getProviderUserContext(key, framework.appId, framework.userId)) : null;
    } catch (e) {
      gs.debug('BatonChatControls: nothing is kept for users: ' + e);
      return null;
    }
  },

  keep: function(key, value, framework) {
    try {
      if (framework.appId && framework.userId) {
        sn_cs.VASystemObject.setProviderUserContext(key, value, framework.appId, framework.userId);
        return true;
      }
    } catch (e) {
      gs.debug('BatonChatControls: nothing is kept for users: ' + e);
    }
    return false;
  },

  type: 'BatonChatControls'
};
