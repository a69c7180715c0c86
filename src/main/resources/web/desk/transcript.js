// The lines of the open conversation.

import { store } from './store.js';
import { element, appendRich, link, clock, day } from './text.js';

const NEAR = 80;
const box = document.getElementById('transcript');
const newer = document.getElementById('newer');
const BY = { user: 'Customer', bot: 'Bot', agent: 'Agent', system: 'Baton' };

let shown = null;
let drawn = [];

export function initTranscript() {
  newer.addEventListener('click', toEnd);
  box.addEventListener('scroll', () => {
    if (isAtEnd()) newer.hidden = true;
  });
  // The box shrinks when a phone's keyboard opens: keep the newest line in sight.
  new ResizeObserver(() => {
    if (newer.hidden) box.scrollTop = box.scrollHeight;
  }).observe(box);
}

export function renderTranscript() {
  const id = store.selected;
  const detail = store.details.get(id);
  if (!detail) {
    box.replaceChildren(element('p', 'cut', id ? 'Loading…' : ''));
    shown = null;
    return;
  }
  const lines = [...detail.lines.values()].sort((a, b) => a.n - b.n);
  const numbers = lines.map((line) => line.n);
  const grows = shown === id && drawn.every((n, i) => n === numbers[i]);
  const stay = grows && !isAtEnd();
  if (!grows) {
    box.replaceChildren();
    if (detail.cut) box.append(element('p', 'cut', 'Earlier messages are not shown.'));
    drawn = [];
  }
  box.querySelectorAll('.pending').forEach((each) => each.remove());
  const added = lines.slice(drawn.length);
  added.forEach((line, i) => draw(line, lines[drawn.length + i - 1]));
  drawn = numbers;
  for (const each of store.pending.get(id) ?? []) {
    const made = element('div', 'line agent pending');
    made.append(element('p', 'by', 'Sending…'), element('div', 'bubble', each.text));
    box.append(made);
  }
  shown = id;
  if (!stay) {
    box.scrollTop = box.scrollHeight;
    newer.hidden = true;
  } else if (added.length) {
    newer.hidden = false;
  }
}

function toEnd() {
  box.scrollTop = box.scrollHeight;
  newer.hidden = true;
}

const isAtEnd = () => box.scrollHeight - box.scrollTop - box.clientHeight < NEAR;

function draw(line, before) {
  if (!before || day(before.at) !== day(line.at)) box.append(element('p', 'day', day(line.at)));
  const role = line.role in BY ? line.role : 'bot';
  const made = element('div', 'line ' + role);
  const pause = before && Date.parse(line.at) - Date.parse(before.at) > 300000;
  if (!before || pause || before.role !== line.role || before.name !== line.name) {
    const name = line.name && line.name !== BY[role] ? line.name + ' · ' + BY[role].toLowerCase() : BY[role];
    made.append(element('p', 'by', name + ' · ' + clock(line.at)));
  }
  if (line.text) {
    const bubble = element('div', 'bubble');
    bubble.title = new Date(line.at).toLocaleString();
    appendRich(bubble, line.text, line.format !== 'plain');
    made.append(bubble);
  }
  const extras = element('div', 'extras');
  (line.attachments ?? []).forEach((each) => extras.append(card(each)));
  (line.actions ?? []).forEach((title) => extras.append(element('span', 'chip', title)));
  if (extras.childElementCount) made.append(extras);
  box.append(made);
}

function card(attachment) {
  const made = element('div', 'card');
  made.append(element('small', '', kind(attachment.contentType)));
  if (attachment.url) {
    made.append(link(attachment.url, attachment.name || attachment.url));
  } else {
    made.append(attachment.text || attachment.name || '');
  }
  return made;
}

function kind(type) {
  if (!type) return 'Attachment';
  if (type.includes('card')) return type.split('.').pop() + ' card';
  return type.startsWith('image/') ? 'Image' : 'File, ' + type;
}
