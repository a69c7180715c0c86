// Safe text: elements and text nodes only, never markup from data.

export function element(tag, className, text) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text !== undefined && text !== null) made.textContent = text;
  return made;
}

const TOKEN = /\[([^\]\n]{1,200})\]\((https?:\/\/[^\s()]+)\)|(https?:\/\/[^\s<>"]+)|\*\*([^*\n]+)\*\*/g;

/** Appends text with its web links made clickable; Markdown links and bold when it is Markdown. */
export function appendRich(parent, text, markdown) {
  let at = 0;
  for (const match of text.matchAll(TOKEN)) {
    const [whole, label, target, plain, bold] = match;
    if (!markdown && !plain) continue;
    parent.append(text.slice(at, match.index));
    at = match.index + whole.length;
    if (bold) {
      parent.append(element('strong', '', bold));
    } else if (plain) {
      const url = plain.replace(/[.,;:!?)\]'*]+$/, '');
      parent.append(link(url, url), plain.slice(url.length));
    } else {
      parent.append(link(target, label));
    }
  }
  parent.append(text.slice(at));
}

export function link(url, label) {
  const parsed = URL.canParse(url) ? new URL(url) : null;
  if (!parsed || !['http:', 'https:'].includes(parsed.protocol)) return document.createTextNode(label);
  const made = element('a', '', label);
  made.href = parsed.href;
  made.target = '_blank';
  made.rel = 'noopener noreferrer nofollow';
  return made;
}

/** 0:42, 12:05, 1:02:03. */
export function elapsed(since, now = Date.now()) {
  const seconds = Math.max(0, Math.floor((now - Date.parse(since)) / 1000));
  const two = (n) => String(n).padStart(2, '0');
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  return hours ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}

export const clock = (at) => new Date(at).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });

export const day = (at) => new Date(at).toLocaleDateString([], { weekday: 'long', day: 'numeric', month: 'long' });

/** A variable's name for reading: va_LastTopic -> Last topic, orderId -> Order id. */
export function readable(key) {
  const words = key
    .replace(/^va_/, '')
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replace(/[_.-]+/g, ' ')
    .trim()
    .split(/\s+/)
    .map((word) => (word.length > 1 && word === word.toUpperCase() ? word : word.toLowerCase()));
  const joined = words.join(' ');
  return joined.charAt(0).toUpperCase() + joined.slice(1) || key;
}
