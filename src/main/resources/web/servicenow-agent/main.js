import { act, state as fetchState } from './api.js';
import * as render from './render.js';

const $ = id => document.getElementById(id);
let state = { agents: [], queues: [], chats: [] };
let me = sessionStorage.getItem('agent') || '';
let open = location.hash.slice(1);
let typing = false;
let stopTyping;
let accepted;

const current = () => state.chats.find(chat => chat.id === open);

function show() {
  if (!state.agents.some(agent => agent.id === me)) me = state.agents[0]?.id || '';
  render.agents(state.agents, me);
  render.lists(state.chats, open);
  render.targets(state, me);
  render.chat(current(), me);
  if (accepted === open && current()?.state === 'CONNECTED') {
    accepted = undefined;
    $('text').focus();
  }
}

function choose(id) {
  signal(false);
  open = id;
  history.replaceState(null, '', '#' + id);
  $('text').value = '';
  show();
}

async function doing(kind, id, verb, body) {
  try {
    await act(kind, id, verb, body);
    return true;
  } catch (error) {
    $('toast').textContent = error.message;
    $('toast').hidden = false;
    setTimeout(() => { $('toast').hidden = true; }, 6000);
    return false;
  }
}

function signal(on) {
  clearTimeout(stopTyping);
  if (on) stopTyping = setTimeout(() => signal(false), 3000);
  const chat = current();
  if (on === typing || !chat || chat.state !== 'CONNECTED') return;
  typing = on;
  doing('chats', chat.id, 'typing', { on });
}

async function send() {
  const text = $('text').value.trim();
  if (!text || !current()) return;
  signal(false);
  if (await doing('chats', open, 'say', { text })) $('text').value = '';
}

async function accept() {
  const chat = current();
  if (chat?.state !== 'QUEUED') return;
  accepted = chat.id;
  if (!await doing('chats', chat.id, 'accept', { agent: me })) accepted = undefined;
}

function end() {
  const chat = current();
  if (chat?.state === 'CONNECTED' && chat.agentId === me && confirm('End this chat?')) doing('chats', chat.id, 'end');
}

function step(by) {
  const buttons = [...document.querySelectorAll('[data-chat]')];
  const at = buttons.findIndex(button => button.dataset.chat === open);
  const next = buttons[at < 0 ? 0 : Math.min(buttons.length - 1, Math.max(0, at + by))];
  if (next) {
    choose(next.dataset.chat);
    document.querySelector(`[data-chat="${CSS.escape(open)}"]`)?.focus();
  }
}

document.querySelector('nav').addEventListener('click', event => {
  const button = event.target.closest('[data-chat]');
  if (button) choose(button.dataset.chat);
});
$('agent').addEventListener('change', () => {
  me = $('agent').value;
  sessionStorage.setItem('agent', me);
  show();
});
$('available').addEventListener('change', () => doing('agents', me, 'available', { on: $('available').checked }));
$('accept').addEventListener('click', accept);
$('end').addEventListener('click', end);
$('composer').addEventListener('submit', event => { event.preventDefault(); send(); });
$('transfer').addEventListener('submit', event => {
  event.preventDefault();
  const [kind, id] = $('target').value.split(':');
  if (id) doing('chats', open, 'transfer', { [kind]: id });
});
$('text').addEventListener('input', () => signal($('text').value !== ''));
$('text').addEventListener('keydown', event => {
  if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) { event.preventDefault(); send(); }
  if (event.key === 'Escape') $('text').blur();
});
document.addEventListener('keydown', event => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches('textarea, select, input')) return;
  const keys = { j: () => step(1), k: () => step(-1), a: accept, e: end, r: () => $('text').focus() };
  if (keys[event.key]) { event.preventDefault(); keys[event.key](); }
});

function announce(before) {
  const waiting = state.chats.filter(chat => chat.state === 'QUEUED').length;
  const then = before.chats.filter(chat => chat.state === 'QUEUED').length;
  document.title = (waiting ? '(' + waiting + ') ' : '') + 'Agent view of the simulated ServiceNow';
  if (waiting > then) $('live').textContent = waiting === 1 ? 'One customer waits' : waiting + ' customers wait';
}

async function follow() {
  for (let failures = 0; ;) {
    try {
      const before = state;
      state = await fetchState(state.change);
      failures = 0;
      $('connection').dataset.state = 'on';
      $('connection').textContent = 'Connected';
      announce(before);
      show();
    } catch {
      failures += 1;
      $('connection').dataset.state = 'off';
      $('connection').textContent = 'Not connected';
      await new Promise(again => setTimeout(again, Math.min(5000, 250 * 2 ** failures)));
    }
  }
}
follow();
