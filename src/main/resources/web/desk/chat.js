// The open conversation: head, transcript, typing, text box.

import { store, isMine, nameOf } from './store.js';
import { renderTranscript, initTranscript } from './transcript.js';
import { clock, elapsed } from './text.js';

const TYPING_EVERY = 3000;
const get = (id) => document.getElementById(id);
const text = get('text');
let lastTyping = 0;
let shown = null;

export function initChat({ onAccept, onSend, onTyping, onLeave, onEnd, onBack }) {
  initTranscript();
  get('accept').addEventListener('click', onAccept);
  get('leave').addEventListener('click', onLeave);
  get('end').addEventListener('click', onEnd);
  get('back').addEventListener('click', onBack);
  get('composer').addEventListener('submit', (event) => {
    event.preventDefault();
    submit(onSend);
  });
  text.addEventListener('keydown', (event) => {
    // While an input method composes, Enter chooses a word.
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      submit(onSend);
    }
  });
  text.addEventListener('input', () => {
    store.drafts.set(store.selected, text.value);
    grow();
    if (text.value && Date.now() - lastTyping > TYPING_EVERY) {
      lastTyping = Date.now();
      onTyping();
    }
  });
  setInterval(() => {
    renderTyping();
    renderState();
  }, 1000);
}

export function renderChat() {
  const each = store.conversations.get(store.selected);
  get('chat-empty').hidden = Boolean(each);
  get('chat').hidden = !each;
  document.body.dataset.view = each ? 'chat' : 'list';
  if (!each) {
    shown = null;
    return;
  }
  const mine = isMine(each);
  get('chat-name').textContent = nameOf(each);
  get('accept-bar').hidden = each.state !== 'waiting';
  get('composer').hidden = !mine;
  get('end').hidden = !mine && each.state !== 'waiting';
  get('end').textContent = each.state === 'waiting' ? 'Decline' : 'End';
  get('leave').hidden = !mine;
  const note = get('closed-note');
  note.hidden = each.state === 'waiting' || mine;
  note.textContent = each.state === 'ended' ? 'This conversation at the desk is over.' : `${each.agent?.name ?? 'Another agent'} has this conversation.`;
  const failure = store.failed.get(each.id);
  get('send-error').hidden = !failure;
  get('send-error').textContent = failure ? `Not sent: ${failure.message} Press Enter to try again.` : '';
  if (shown !== each.id || text.value !== (store.drafts.get(each.id) ?? '')) {
    text.value = store.drafts.get(each.id) ?? '';
    grow();
  }
  shown = each.id;
  renderState();
  renderTyping();
  renderTranscript();
}

export const focusText = () => {
  if (!get('composer').hidden) text.focus();
};

function submit(onSend) {
  const value = text.value.trim();
  if (!value || !store.selected) return;
  store.drafts.delete(store.selected);
  text.value = '';
  grow();
  lastTyping = 0;
  onSend(store.selected, value);
}

function grow() {
  text.style.height = 'auto';
  text.style.height = text.scrollHeight + 2 + 'px';
}

function renderState() {
  const each = store.conversations.get(store.selected);
  if (!each) return;
  const words = {
    waiting: () => 'Waiting for ' + elapsed(each.waitingSince),
    active: () => 'With ' + (isMine(each) ? 'you' : (each.agent?.name ?? 'an agent')),
    ended: () => 'Ended' + (each.endedAt ? ' at ' + clock(each.endedAt) : ''),
  };
  const now = [words[each.state](), each.bot, each.locale].filter(Boolean).join(' · ');
  if (get('chat-state').textContent !== now) get('chat-state').textContent = now;
}

function renderTyping() {
  const each = store.conversations.get(store.selected);
  const until = store.typing.get(store.selected) ?? 0;
  get('typing').hidden = !each || Date.now() > until;
  if (each) get('typing-text').textContent = nameOf(each) + ' is typing';
}
