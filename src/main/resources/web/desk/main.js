// Puts the desk together: events and clicks change the store, the views follow.

import { api } from './api.js';
import { store, merge, replace, addLines, settle, listed, lastNumber, isMine, nameOf } from './store.js';
import { openStream } from './stream.js';
import { initLists, renderLists, reveal } from './lists.js';
import { initChat, renderChat, focusText } from './chat.js';
import { renderContext } from './context.js';
import { initNotice, renderTitle, notifyWaiting, say, toast } from './notice.js';
import { identify, askName, login } from './identity.js';
import { initKeys } from './keys.js';

const TYPING_SHOWN = 6000;
const REFRESH = 60000;
const get = (id) => document.getElementById(id);
const sending = new Map();
let loggingIn = null;

function render() {
  renderLists();
  renderChat();
  renderContext();
  renderTitle();
}

function select(id) {
  store.selected = id;
  store.unread.delete(id);
  delete document.body.dataset.details;
  render();
  reveal(id);
  loadDetail(id);
}

function showList(list) {
  store.list = list;
  render();
}

function move(step) {
  const ids = listed(store.list).map((each) => each.id);
  if (!ids.length) return;
  const at = ids.indexOf(store.selected);
  const next = at < 0 ? (step > 0 ? 0 : ids.length - 1) : Math.min(ids.length - 1, Math.max(0, at + step));
  select(ids[next]);
}

async function guard(work) {
  try {
    return await work();
  } catch (problem) {
    if (problem.status === 401) await logInAgain();
    else toast(problem.message);
    return undefined;
  }
}

function logInAgain() {
  loggingIn ??= login().then((me) => {
    store.me = me.agent;
    loggingIn = null;
    return reload();
  });
  return loggingIn;
}

async function loadDetail(id) {
  const known = store.details.get(id);
  await guard(async () => {
    const detail = await api.detail(id, known ? lastNumber(known) : -1);
    const { context, summary, transcript, transcriptCut, ...rest } = detail;
    merge(rest);
    const kept = store.details.get(id);
    const ended = rest.state === 'ended';
    // Lines may have come by the stream meanwhile; after a gap or another handoff start afresh.
    if (!kept || (known && transcriptCut)) store.details.set(id, { lines: new Map(), cut: transcriptCut });
    Object.assign(store.details.get(id), { context, summary, ended });
    addLines(id, transcript);
    render();
  });
}

async function reload() {
  await guard(async () => {
    const states = ['waiting', 'active', 'ended'];
    const all = await Promise.all(states.map(api.list));
    states.forEach((state, i) => replace(state, all[i]));
    const selected = store.conversations.get(store.selected);
    if (selected) await loadDetail(selected.id);
    render();
  });
}

function onEvent(name, data) {
  if (name === 'snapshot') {
    reload();
    return;
  }
  if (name === 'typing') {
    if (data.on) store.typing.set(data.id, Date.now() + TYPING_SHOWN);
    else store.typing.delete(data.id);
    renderChat();
    return;
  }
  const before = merge(data.conversation);
  const each = store.conversations.get(data.conversation.id);
  addLines(each.id, data.lines);
  const said = data.lines.filter((line) => line.role === 'user');
  const looking = each.id === store.selected && !document.hidden;
  if (isMine(each) && said.length) {
    if (!looking) store.unread.set(each.id, (store.unread.get(each.id) ?? 0) + said.length);
    say(`${nameOf(each)}: ${said.at(-1).text}`);
  }
  if (name === 'waiting' && before?.state !== 'waiting') notifyWaiting(each, () => select(each.id));
  if (name === 'ended') {
    store.unread.delete(each.id);
    if (before && isMine(before)) say(`The conversation with ${nameOf(each)} is over`);
  }
  if (each.id === store.selected && name === 'waiting') store.details.delete(each.id);
  if (each.id === store.selected && (name === 'waiting' || name === 'accepted')) loadDetail(each.id);
  render();
}

async function accept() {
  const each = store.conversations.get(store.selected);
  if (each?.state !== 'waiting') return;
  get('accept').disabled = true;
  const accepted = await guard(() => api.accept(each.id, store.me));
  get('accept').disabled = false;
  if (accepted) {
    merge(accepted);
    store.list = 'mine';
    render();
    focusText();
  } else {
    reload();
  }
}

/** Sends in order; what cannot be sent goes back into the box. */
function send(id, text) {
  const failed = store.failed.get(id);
  // The same text again is the same message: were the first attempt recorded, it is not doubled.
  const message = { id: failed?.text === text ? failed.id : crypto.randomUUID(), text };
  store.failed.delete(id);
  store.pending.set(id, [...(store.pending.get(id) ?? []), message]);
  render();
  const turn = (sending.get(id) ?? Promise.resolve()).then(() => deliver(id, message));
  sending.set(id, turn);
}

async function deliver(id, message) {
  const earlier = store.failed.get(id);
  try {
    // Behind a message that failed this one waits too, so that the order stays.
    if (earlier) throw earlier;
    await api.say(id, store.me, message.text, message.id);
    if (store.pending.get(id)?.includes(message)) await loadDetail(id);
  } catch (problem) {
    if (!earlier) store.failed.set(id, { ...message, message: problem.message });
    const draft = store.drafts.get(id);
    const back = earlier ? [draft, message.text] : [message.text, draft];
    store.drafts.set(id, back.filter(Boolean).join('\n'));
    say('The message was not sent');
    if (problem.status === 401) logInAgain();
  }
  settle(id, (each) => each.id === message.id);
  render();
}

function confirm(title, text, yes) {
  get('confirm-title').textContent = title;
  get('confirm-text').textContent = text;
  get('confirm-yes').textContent = yes;
  const dialog = get('confirm-dialog');
  dialog.returnValue = 'no';
  dialog.showModal();
  return new Promise((resolve) => (dialog.onclose = () => resolve(dialog.returnValue === 'yes')));
}

async function end() {
  const each = store.conversations.get(store.selected);
  if (!each || !(isMine(each) || each.state === 'waiting')) return;
  const waiting = each.state === 'waiting';
  const sure = waiting
    ? await confirm(`Decline ${nameOf(each)}?`, 'The customer goes back to the bot without having met an agent.', 'Decline')
    : await confirm(`End with ${nameOf(each)}?`, 'The customer goes back to the bot.', 'End');
  if (!sure) return;
  const ended = await guard(() => api.end(each.id, store.me));
  if (ended) merge(ended);
  render();
}

async function leave() {
  const each = store.conversations.get(store.selected);
  if (!each || !isMine(each)) return;
  const sure = await confirm(`Put ${nameOf(each)} back into the queue?`, 'The customer waits for another agent.', 'Put back');
  const left = sure && (await guard(() => api.leave(each.id, store.me)));
  if (left) merge(left);
  render();
}

function typing() {
  const each = store.conversations.get(store.selected);
  // Best effort: a lost hint harms nobody.
  if (each && isMine(each)) api.typing(each.id, store.me).catch(() => {});
}

function back() {
  if (document.body.dataset.details) {
    toggleDetails(false);
    return;
  }
  const left = store.selected;
  store.selected = null;
  render();
  document.querySelector(`.item[data-id="${CSS.escape(left ?? '')}"]`)?.focus();
}

function toggleDetails(open) {
  if (open) document.body.dataset.details = 'open';
  else delete document.body.dataset.details;
  get('details').setAttribute('aria-expanded', String(open));
  (open ? get('context-close') : get('details')).focus();
}

function renderIdentity() {
  get('identity').textContent = store.me.name;
  get('identity').title = store.mode === 'users' ? 'Log out' : 'Change your name';
}

async function changeIdentity() {
  if (store.mode === 'users') {
    await guard(api.logout);
    location.reload();
  } else {
    store.me = await askName(store.me.name);
    renderIdentity();
    render();
  }
}

function connection(state) {
  const shown = get('connection');
  if (shown.dataset.state === state) return;
  shown.dataset.state = state;
  shown.textContent = state === 'on' ? 'Connected' : 'Not connected, trying again…';
}

function closed(problem) {
  get('closed').hidden = false;
  get('closed-title').textContent = problem.title ?? 'The desk cannot be opened';
  get('closed-text').textContent = problem.message;
  connection('off');
}

async function start() {
  initNotice();
  let me;
  try {
    me = await identify();
  } catch (problem) {
    closed(problem);
    return;
  }
  store.me = me.agent;
  store.mode = me.mode;
  renderIdentity();
  get('desk').hidden = false;
  initLists(showList, select);
  initChat({ onAccept: accept, onSend: send, onTyping: typing, onLeave: leave, onEnd: end, onBack: back });
  const help = () => get('help-dialog').showModal();
  initKeys({ move, accept, end, reply: focusText, help, back, list: showList });
  get('help').addEventListener('click', help);
  get('identity').addEventListener('click', changeIdentity);
  get('details').addEventListener('click', () => toggleDetails(!document.body.dataset.details));
  get('context-close').addEventListener('click', () => toggleDetails(false));
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden && store.selected) {
      store.unread.delete(store.selected);
      render();
    }
  });
  render();
  openStream(onEvent, connection);
  setInterval(reload, REFRESH);
}

start();
