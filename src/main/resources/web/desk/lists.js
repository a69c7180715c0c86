// The list of conversations on the left.

import { store, listed, nameOf } from './store.js';
import { element, elapsed, clock } from './text.js';

const LONG_WAIT = 120000;
const EMPTY = {
  waiting: 'Nobody is waiting.',
  mine: 'You have no conversation. Accept one that waits.',
  active: 'No agent is in a conversation.',
  ended: 'No conversation has ended yet.',
};
const items = new Map();
const list = document.getElementById('list');
const empty = document.getElementById('list-empty');
const tabs = [...document.querySelectorAll('[role=tab]')];

export function initLists(onList, onSelect) {
  for (const tab of tabs) {
    tab.addEventListener('click', () => onList(tab.dataset.list));
    tab.addEventListener('keydown', (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!step) return;
      const next = tabs[(tabs.indexOf(tab) + step + tabs.length) % tabs.length];
      onList(next.dataset.list);
      next.focus();
    });
  }
  list.addEventListener('click', (event) => {
    const item = event.target.closest('.item');
    if (item) onSelect(item.dataset.id);
  });
  setInterval(tick, 1000);
}

export function renderLists() {
  for (const tab of tabs) {
    const current = tab.dataset.list === store.list;
    tab.setAttribute('aria-selected', String(current));
    tab.tabIndex = current ? 0 : -1;
    const count = tab.querySelector('.count');
    if (!count) continue;
    const number = listed(tab.dataset.list).length;
    count.textContent = number || '';
    count.classList.toggle('hot', tab.dataset.list === 'waiting' && number > 0);
  }
  list.setAttribute('aria-labelledby', 'tab-' + store.list);
  const shown = listed(store.list);
  const focused = document.activeElement?.closest?.('.item')?.dataset.id;
  list.replaceChildren(...shown.map(row));
  for (const id of items.keys()) if (!store.conversations.has(id)) items.delete(id);
  if (focused) items.get(focused)?.firstElementChild.focus({ preventScroll: true });
  empty.hidden = shown.length > 0;
  empty.textContent = EMPTY[store.list];
}

export function reveal(id) {
  items.get(id)?.scrollIntoView({ block: 'nearest' });
}

function row(each) {
  let made = items.get(each.id);
  if (!made) {
    made = element('li');
    const button = element('button', 'item');
    button.type = 'button';
    button.dataset.id = each.id;
    button.append(element('span', 'name'), element('span', 'time'), element('span', 'last'), element('span', 'unread'), element('span', 'meta'));
    made.append(button);
    items.set(each.id, made);
  }
  const button = made.firstElementChild;
  const [name, time, last, unread, meta] = button.children;
  button.setAttribute('aria-current', String(each.id === store.selected));
  name.textContent = nameOf(each);
  time.dataset.since = each.state === 'waiting' ? each.waitingSince : '';
  time.textContent = each.state === 'waiting' ? '' : clock(each.endedAt ?? each.lastAt ?? each.updatedAt);
  last.textContent = (each.lastRole === 'agent' ? 'Agent: ' : each.lastRole === 'bot' ? 'Bot: ' : '') + (each.lastText ?? '');
  const count = store.unread.get(each.id) ?? 0;
  unread.textContent = count || '';
  unread.hidden = count === 0;
  unread.setAttribute('aria-label', count + ' unread');
  meta.textContent = [each.bot, each.hub, each.state === 'waiting' ? null : each.agent?.name, each.locale].filter(Boolean).join(' · ');
  tickOne(time);
  return made;
}

function tick() {
  list.querySelectorAll('.time[data-since]').forEach(tickOne);
}

function tickOne(time) {
  if (!time.dataset.since) {
    time.classList.remove('long');
    return;
  }
  time.textContent = elapsed(time.dataset.since);
  time.classList.toggle('long', Date.now() - Date.parse(time.dataset.since) > LONG_WAIT);
}
