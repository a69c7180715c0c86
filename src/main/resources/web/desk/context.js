// What the bot knew: shown beside the chat.

import { store, nameOf } from './store.js';
import { element, appendRich, readable } from './text.js';

// What an agent asks first stands first; the rest of the bot's variables follow.
const FIRST = ['va_LastTopic', 'va_Topics', 'va_LastPhrase', 'va_LastPhrases', 'va_Phrases', 'va_Language'];
const body = document.getElementById('context-body');
const pane = document.getElementById('context');
let drawn = '';

export function renderContext() {
  const each = store.conversations.get(store.selected);
  const detail = store.details.get(store.selected);
  pane.hidden = !each;
  if (!each) return;
  const now = JSON.stringify([each.id, each.customer, each.agent, each.handoff, detail?.context, detail?.summary]);
  if (now === drawn) return;
  drawn = now;
  body.replaceChildren();
  const context = detail?.context ?? {};
  if (detail?.summary) {
    const note = element('div', 'note');
    appendRich(note, detail.summary, false);
    section('Note from the bot', note);
  }
  const keys = Object.keys(context).filter((key) => context[key] !== null && context[key] !== '' && key !== 'va_AgentMessage');
  const own = keys.filter((key) => !key.startsWith('va_'));
  const common = keys.filter((key) => key.startsWith('va_')).sort((a, b) => rank(a) - rank(b));
  if (common.length) section('From the bot', table(common.map((key) => [readable(key), context[key], key])));
  if (own.length) section('Variables', table(own.map((key) => [readable(key), context[key], key])));
  if (detail && !keys.length && !detail.summary) section('From the bot', element('p', 'empty', 'The bot sent no context.'));
  section('Conversation', table([
    ['Customer', nameOf(each)],
    ['Customer id', each.customer?.id],
    ['Bot', each.bot],
    ['Desk', each.hub],
    ['Agent', each.agent?.name],
    ['Asked for a human', new Date(each.waitingSince).toLocaleString()],
    ['Conversation id', each.id],
  ]));
}

function rank(key) {
  const at = FIRST.indexOf(key);
  return at < 0 ? FIRST.length : at;
}

function section(title, content) {
  const made = element('section');
  made.append(element('h3', '', title), content);
  body.append(made);
}

function table(rows) {
  const made = element('dl');
  for (const [name, value, key] of rows) {
    if (value === undefined || value === null || value === '') continue;
    const row = element('div');
    const term = element('dt', '', name);
    if (key) term.title = key;
    row.append(term, shown(value));
    made.append(row);
  }
  return made;
}

function shown(value) {
  const made = element('dd');
  if (Array.isArray(value) && value.every((each) => typeof each !== 'object')) {
    made.textContent = value.join('\n');
  } else if (typeof value === 'object') {
    made.append(element('pre', '', JSON.stringify(value, null, 2)));
  } else if (typeof value === 'boolean') {
    made.textContent = value ? 'yes' : 'no';
  } else {
    appendRich(made, String(value), false);
  }
  return made;
}
