const $ = id => document.getElementById(id);
const STATES = { CREATED: 'new', BOT: 'with the bot', QUEUED: 'waiting', CONNECTED: 'with', SURVEY: 'survey', ENDED: 'ended' };

export function make(tag, className, text) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (text !== undefined) element.textContent = text;
  return element;
}

const describe = chat => chat.state === 'CONNECTED' ? 'with ' + chat.agent : STATES[chat.state];
const last = chat => chat.lines.length ? chat.lines[chat.lines.length - 1].text : '';

function item(chat, open) {
  const button = make('button');
  button.type = 'button';
  button.dataset.chat = chat.id;
  if (chat.id === open) button.setAttribute('aria-current', 'true');
  button.append(make('strong', '', chat.user), make('span', '', [describe(chat), chat.queue, last(chat)].filter(Boolean).join(' · ')));
  const entry = make('li');
  entry.append(button);
  return entry;
}

/** The lists keep the focus on the chat it was on. */
export function lists(chats, open) {
  const focused = document.activeElement?.dataset?.chat;
  const waiting = chats.filter(chat => chat.state === 'QUEUED').reverse();
  $('waiting').replaceChildren(...waiting.map(chat => item(chat, open)));
  $('waiting-count').textContent = waiting.length || '';
  $('mine').replaceChildren(...chats.filter(chat => chat.state === 'CONNECTED').map(chat => item(chat, open)));
  $('others').replaceChildren(...chats.filter(chat => chat.state !== 'QUEUED' && chat.state !== 'CONNECTED').map(chat => item(chat, open)));
  if (focused) document.querySelector(`[data-chat="${CSS.escape(focused)}"]`)?.focus();
}

export function agents(all, me) {
  if ($('agent').children.length !== all.length) {
    $('agent').replaceChildren(...all.map(agent => new Option(agent.name, agent.id)));
  }
  const agent = all.find(one => one.id === me) || all[0];
  if (!agent) return;
  $('agent').value = agent.id;
  $('available').checked = agent.available;
  $('free').textContent = agent.free + ' free';
}

export function targets(state, me) {
  const before = $('target').value;
  const group = (label, options) => {
    const element = make('optgroup');
    element.label = label;
    element.append(...options);
    return element;
  };
  $('target').replaceChildren(
    group('Agents', state.agents.filter(agent => agent.id !== me).map(agent => new Option(agent.name, 'agent:' + agent.id))),
    group('Queues', state.queues.map(queue => new Option(queue.name, 'queue:' + queue.id))));
  if ([...$('target').options].some(option => option.value === before)) $('target').value = before;
}

function line(entry) {
  const element = make('div', 'line ' + entry.from);
  const who = { user: 'Customer', bot: 'Virtual Agent', agent: entry.name || 'Agent', system: '' }[entry.from];
  const time = new Date(entry.at).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
  if (who) element.append(make('div', 'by', who + ', ' + time + (entry.status === 'sent_to_user' ? ' · delivered' : '')));
  element.append(make('div', 'bubble', entry.text));
  return element;
}

function facts(chat) {
  const list = make('dl');
  for (const [name, value] of Object.entries(chat.context)) {
    list.append(make('dt', '', name), make('dd', '', String(value)));
  }
  for (const entry of chat.history) {
    list.append(make('dt', '', entry.displayName || (entry.isBotMessage ? 'Bot' : 'User')), make('dd', '', entry.value || ''));
  }
  for (const file of chat.files) {
    list.append(make('dt', '', 'File'), make('dd', '', file.fileName + ' (' + file.size + ' bytes)'));
  }
  return list;
}

/** Only what is new or has changed is put in, so that a screen reader reads nothing twice. */
function lines(transcript, open) {
  if (transcript.dataset.chat !== open.id) {
    transcript.replaceChildren();
    transcript.dataset.chat = open.id;
  }
  open.lines.forEach((entry, at) => {
    const there = transcript.children[at];
    const key = JSON.stringify(entry);
    if (there?.dataset.key === key) return;
    const fresh = line(entry);
    fresh.dataset.key = key;
    if (there) there.replaceWith(fresh);
    else transcript.append(fresh);
  });
}

/** The open chat; scrolls along only when the reader was at the end. */
export function chat(open, me) {
  $('nothing').hidden = Boolean(open);
  $('open').hidden = !open;
  if (!open) return;
  const mine = open.state === 'CONNECTED' && open.agentId === me;
  $('name').textContent = open.user;
  $('where').textContent = [describe(open), open.queue].filter(Boolean).join(' · ');
  $('accept').hidden = open.state !== 'QUEUED';
  $('transfer').hidden = $('end').hidden = $('composer').hidden = !mine;
  $('typing').hidden = !open.typing;
  $('context').replaceChildren(facts(open));
  const transcript = $('transcript');
  const atEnd = transcript.scrollHeight - transcript.scrollTop - transcript.clientHeight < 40;
  lines(transcript, open);
  if (atEnd) transcript.scrollTop = transcript.scrollHeight;
}
