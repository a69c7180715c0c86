// Ways to be noticed: title, browser notifications, screen readers, short notes.

import { store, listed, isMine, nameOf } from './store.js';

const button = document.getElementById('notify');
const toastBox = document.getElementById('toast');
const live = document.getElementById('live');
const title = document.title;
let toastTimer = 0;

export function initNotice() {
  const ask = 'Notification' in window && Notification.permission === 'default';
  button.hidden = !ask;
  button.addEventListener('click', async () => {
    await Notification.requestPermission();
    button.hidden = Notification.permission !== 'default';
  });
}

export function renderTitle() {
  let count = listed('waiting').length;
  for (const [id, unread] of store.unread) {
    const each = store.conversations.get(id);
    if (each && isMine(each)) count += unread;
  }
  document.title = count ? `(${count}) ${title}` : title;
}

export function notifyWaiting(each, onOpen) {
  say(`${nameOf(each)} is waiting for an agent`);
  if (!('Notification' in window) || Notification.permission !== 'granted' || document.hasFocus()) return;
  try {
    const shown = new Notification(nameOf(each) + ' is waiting', { body: each.lastText ?? '', tag: each.id, silent: true });
    shown.onclick = () => {
      window.focus();
      onOpen();
      shown.close();
    };
  } catch {
    // Some phones allow notifications from service workers only; the title still tells.
  }
}

/** Tells screen readers. */
export function say(words) {
  live.textContent = words;
}

export function toast(words) {
  toastBox.textContent = words;
  toastBox.hidden = false;
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => (toastBox.hidden = true), 6000);
}
