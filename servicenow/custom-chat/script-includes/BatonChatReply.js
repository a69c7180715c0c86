/*
 * Script Include "BatonChatReply" (Global, accessible from: All application scopes, client callable: no).
 *
 * What a customer's words mean as the answer to a rich control: used by the inbound transformer. What it
 * says to customers can be translated in sys_ui_message: "Please send a file.", "Please use the form {0}."
 */
var BatonChatReply = Class.create();

BatonChatReply.YES = ['yes', 'y', 'true', '1', 'ja', 'oui', 'si', 's\u00ed', '\u306f\u3044'];
BatonChatReply.NO = ['no', 'n', 'false', '0', 'nein', 'non', '\u3044\u3044\u3048'];

BatonChatReply.prototype = {
  initialize: function() {},

  /** {value, search_text, validation_message?, url?…} as the framework expects it. */
  to: function(control, context) {
    var typed = String(context.typed_value === undefined || context.typed_value === null ? '' : context.typed_value);
    var given = context.baton_value ? String(context.baton_value) : null;
    var type = String(control.uiType || '');
    if (/^(Picker|TopicPicker|TopicPickerControl|Boolean|Carousel|MultiSelect)$/.test(type)) {
      return this.picked(control, given, typed);
    }
    if (/^(FileUpload|FilePicker|Picture)$/.test(type) || /^(file|image)$/.test(String(control.itemType || ''))) {
      return this.file(context, typed);
    }
    if (/^(Date|Time|DateTime)$/.test(type)) {
      return this.moment(type, given || typed);
    }
    if (type === 'OutputTable') {
      return this.value('DONE');
    }
    if (type === 'MultiPartOutput') {
      return this.value('click_for_more');
    }
    return this.value(given || typed);
  },

  value: function(value) {
    return { value: value, search_text: '' };
  },

  picked: function(control, given, typed) {
    var options = control.options || [];
    var whole = this.option(options, given) || this.option(options, typed) || this.yesOrNo(control, options, typed);
    if (whole !== null) {
      return this.value(whole);
    }
    if (String(control.multiSelect) === 'true') {
      var parts = (given || typed).split(',');
      var values = [];
      for (var i = 0; i < parts.length; i++) {
        var one = this.option(options, parts[i]);
        if (one === null) {
          return { value: '', search_text: typed };
        }
        values.push(one);
      }
      return this.value(values.join(','));
    }
    return { value: '', search_text: typed };
  },

  /** By value, by label in any letter case, else by its number; null when it is none of them. */
  option: function(options, words) {
    if (words === null || words === undefined || String(words).trim() === '') {
      return null;
    }
    var asked = String(words).trim();
    var i;
    for (i = 0; i < options.length; i++) {
      if (this.valueOf(options[i]) === asked) {
        return this.valueOf(options[i]);
      }
    }
    for (i = 0; i < options.length; i++) {
      if (String(options[i].label || '').trim().toLowerCase() === asked.toLowerCase()) {
        return this.valueOf(options[i]);
      }
    }
    var number = /^\d{1,3}$/.test(asked) ? parseInt(asked, 10) : 0;
    return number >= 1 && number <= options.length ? this.valueOf(options[number - 1]) : null;
  },

  /** Older releases give the options of a Boolean no values. */
  valueOf: function(option) {
    var value = option.value;
    return String(value === undefined || value === null || value === '' ? option.label : value);
  },

  yesOrNo: function(control, options, typed) {
    if (String(control.uiType) !== 'Boolean') {
      return null;
    }
    var word = typed.trim().toLowerCase();
    var place = BatonChatReply.YES.indexOf(word) >= 0 ? 0 : BatonChatReply.NO.indexOf(word) >= 0 ? 1 : -1;
    if (place < 0) {
      return null;
    }
    return options.length > place ? this.valueOf(options[place]) : String(place === 0);
  },

  file: function(context, typed) {
    var attachment = context.attachment_value;
    if (attachment && attachment.url) {
      return { value: attachment.url, search_text: '', url: attachment.url, content_type: attachment.content_type,
        name: attachment.name, headers: attachment.headers };
    }
    if (/^https:\/\//i.test(typed)) {
      return { value: typed, search_text: '', url: typed };
    }
    return { value: '', search_text: '', validation_message: gs.getMessage('Please send a file.') };
  },

  /** ISO 8601, the platform's own form or milliseconds since 1970, as the platform's own form in UTC. */
  moment: function(type, typed) {
    var words = typed.trim();
    var parts = /^(?:(\d{4})-(\d{2})-(\d{2}))?(?:^|[T ]|$)(?:(\d{2}):(\d{2})(?::(\d{2}))?(?:\.\d+)?(Z|[+-]\d{2}:?\d{2})?)?$/.exec(words);
    if (/^\d{12,14}$/.test(words)) {
      return this.value(this.format(type, new Date(parseInt(words, 10))));
    }
    if (!parts || words === '' || (type !== 'Time' && !parts[1]) || (type !== 'Date' && !parts[4])) {
      var form = { Date: 'YYYY-MM-DD', Time: 'HH:MM', DateTime: 'YYYY-MM-DD HH:MM' };
      return { value: '', search_text: '', validation_message: gs.getMessage('Please use the form {0}.', [form[type]]) };
    }
    if (parts[7] && type === 'DateTime') {
      var zone = parts[7] === 'Z' ? 'Z' : parts[7].replace(/^(...):?(..)$/, '$1:$2');
      var date = parts[1] + '-' + parts[2] + '-' + parts[3];
      return this.value(this.format(type, new Date(date + 'T' + parts[4] + ':' + parts[5] + ':' + (parts[6] || '00') + zone)));
    }
    var day = parts[1] ? parts[1] + '-' + parts[2] + '-' + parts[3] : '';
    var time = parts[4] ? parts[4] + ':' + parts[5] + ':' + (parts[6] || '00') : '';
    return this.value(type === 'Date' ? day : type === 'Time' ? time : day + ' ' + time);
  },

  format: function(type, instant) {
    var iso = instant.toISOString();
    var day = iso.substring(0, 10);
    var time = iso.substring(11, 19);
    return type === 'Date' ? day : type === 'Time' ? time : day + ' ' + time;
  },

  type: 'BatonChatReply'
};
