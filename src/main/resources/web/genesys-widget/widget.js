// What the bot knew of the customer, and the conversation as it goes on.

import { appendRich, clock, element, link, readable } from '/desk/text.js';
import { address, ask, hasLink, show, use } from './link.js';

const BY = { user: 'Customer', bot: 'Bot', agent: 'Agent', system: 'Baton' };
const PHASES = {
  REQUESTED: 'asked for a human',
  QUEUED: 'waiting for an agent',
  ACCEPTED: 'with an agent',
  COMPLETED: 'over',
  REJECTED: 'not taken',
  FAILED: 'not reached',
  ESCALATED: 'handed over',
};
/** Shown as the summary. */
const SUMMARY = 'va_AgentMessage';
/** Automatic variables that tell a person nothing. */
const TECHNICAL = ['va_Scope', 'va_ConversationId', 'va_BotId', 'va_BotName', 'va_Language'];

const find = (id) => document.getElementById(id);
const box = find('transcript');
let cursor = -1;
let before = null;
let reading = null;
let again = false;

/** Reads what is new; a change that comes meanwhile is read afterwards. */
async function read() {
  if (reading) {
    again = true;
    return reading;
  }
  reading = (async () => {
    do {
      again = false;
      draw(await ask(address('/conversation', `&after=${cursor}`)));
    } while (again);
  })();
  try {
    await reading;
    show();
  } finally {
    reading = null;
  }
}

function draw(data) {
  find('shown').hidden = false;
  find('customer').textContent = data.customer.name ?? 'Customer';
  const state = PHASES[data.phase] ?? data.phase;
  find('state').textContent = data.agent ? `${state}: ${data.agent}` : state;
  if (data.context) drawContext(data);
  if (data.cut) find('cut').hidden = false;
  const atEnd = nearEnd();
  for (const line of data.lines) box.append(drawLine(line));
  cursor = Math.max(cursor, data.cursor);
  if (data.lines.length && atEnd) find('shown').scrollTop = find('shown').scrollHeight;
}

// While the agent reads further up, new lines do not move the page; at first the summary is on top.
function nearEnd() {
  const main = find('shown');
  return cursor >= 0 && main.scrollHeight - main.scrollTop - main.clientHeight < 80;
}

function drawContext({ summary, context }) {
  find('summary').textContent = summary ?? '';
  find('summary-box').hidden = !summary;
  const entries = Object.entries(context).filter(([name, value]) => name !== SUMMARY && text(value) !== '');
  // The author's own variables say more than the automatic ones.
  entries.sort(([a], [b]) => a.startsWith('va_') - b.startsWith('va_'));
  const technical = entries.filter(([name]) => TECHNICAL.includes(name));
  drawEntries('context', entries.filter(([name]) => !TECHNICAL.includes(name)));
  drawEntries('technical', technical);
  find('technical-box').hidden = technical.length === 0;
  find('context-box').hidden = entries.length === 0;
}

function drawEntries(id, entries) {
  find(id).hidden = entries.length === 0;
  find(id).replaceChildren();
  for (const [name, value] of entries) {
    const term = element('dt', '', readable(name));
    term.title = name;
    find(id).append(term, element('dd', '', text(value)));
  }
}

function text(value) {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value) && value.every((each) => typeof each !== 'object')) return value.join(', ');
  return typeof value === 'object' ? JSON.stringify(value, null, 1) : String(value);
}

function drawLine(line) {
  const role = line.role in BY ? line.role : 'bot';
  const made = element('div', `line ${role}`);
  if (!before || before.role !== line.role || before.name !== line.name || Date.parse(line.at) - Date.parse(before.at) > 300000) {
    const name = line.name && line.name !== BY[role] ? `${line.name} · ${BY[role].toLowerCase()}` : BY[role];
    made.append(element('p', 'by', `${name} · ${clock(line.at)}`));
  }
  before = line;
  if (line.text) {
    const bubble = element('div', 'bubble');
    appendRich(bubble, line.text, line.format !== 'plain');
    made.append(bubble);
  }
  for (const each of line.attachments ?? []) {
    const extra = element('div', 'extra');
    extra.append(each.url ? link(each.url, each.name || 'File') : each.name || 'Card');
    if (each.text) extra.append(`\n${each.text}`);
    made.append(extra);
  }
  if (line.actions?.length) made.append(element('div', 'extra', `Choices: ${line.actions.join(', ')}`));
  return made;
}

let events = null;

/** Reads what there is, then what changes; after a failure that may pass, again. */
async function live() {
  try {
    await read();
    events?.close();
    events = new EventSource(address('/events'));
    events.addEventListener('changed', () => read().catch(fail));
    // The browser comes again by itself, unless it was refused: then reading says why.
    events.addEventListener('error', () => events.readyState === EventSource.CLOSED && later());
  } catch (problem) {
    fail(problem);
  }
}

let waiting = null;

function later() {
  clearTimeout(waiting);
  waiting = setTimeout(live, 5000);
}

function fail(problem) {
  show(problem.message);
  if (problem.status === 0 || problem.status >= 500) later();
  else events?.close();
}

/** What Genesys's login gave back in the address's fragment; it is taken out of the address. */
function signedIn() {
  const fragment = new URLSearchParams(location.hash.slice(1));
  if (!fragment.has('access_token')) return null;
  history.replaceState(null, '', location.pathname);
  return { token: fragment.get('access_token'), conversationId: fragment.get('state') };
}

async function enter() {
  const agent = signedIn();
  if (agent) {
    const { query } = await ask(address('/session'), {
      method: 'POST',
      headers: { Authorization: `Bearer ${agent.token}`, 'Content-Type': 'application/json' },
      body: JSON.stringify({ conversationId: agent.conversationId }),
    });
    use(query);
    history.replaceState(null, '', `${location.pathname}?${query}`);
  }
}

async function offerSignIn() {
  const interaction = new URLSearchParams(location.search).get('conversationId');
  const { signIn } = await ask(address('/settings'));
  if (!signIn || !interaction) return;
  const back = encodeURIComponent(location.origin + location.pathname);
  find('sign-in').href = `${signIn}&redirect_uri=${back}&state=${encodeURIComponent(interaction)}`;
  find('sign-in').target = '_self';
  find('sign-in').hidden = false;
}

try {
  await enter();
  if (!hasLink()) await offerSignIn();
  if (hasLink()) {
    find('tab-bot').href = address('/bot');
    find('tab-bot').hidden = false;
  }
  await live();
} catch (problem) {
  fail(problem);
}
