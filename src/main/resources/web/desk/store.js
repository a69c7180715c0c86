// What the page knows. Views read it; main.js changes it and tells the views.

export const store = {
  me: null,
  mode: 'open',
  conversations: new Map(),
  details: new Map(), // id -> {context, summary, lines: Map(n -> line), cut}
  pending: new Map(), // id -> [{id, text}] sent but not yet seen in the transcript
  names: new Map(), // id -> the name on the customer's own messages
  unread: new Map(),
  drafts: new Map(),
  failed: new Map(), // id -> {text, id, message}: what could not be sent
  typing: new Map(), // id -> time until which the customer counts as typing
  list: 'waiting',
  selected: null,
};

export function merge(summary) {
  const before = store.conversations.get(summary.id);
  // A change tells the last text only when it knows it.
  if (before && summary.lastText === null) {
    summary = { ...summary, lastText: before.lastText, lastRole: before.lastRole, lastAt: before.lastAt };
  }
  store.conversations.set(summary.id, summary);
  return before;
}

/** Replaces everything of one state by what the server listed. */
export function replace(state, summaries) {
  const listed = new Set(summaries.map((each) => each.id));
  for (const [id, each] of store.conversations) {
    if (each.state === state && !listed.has(id) && id !== store.selected) store.conversations.delete(id);
  }
  summaries.forEach(merge);
}

export function addLines(id, lines) {
  const detail = store.details.get(id);
  const fresh = [];
  for (const line of lines) {
    if (detail && !detail.lines.has(line.n)) {
      detail.lines.set(line.n, line);
      fresh.push(line);
      if (line.role === 'agent') settle(id, (each) => each.text === line.text);
    }
    if (line.role === 'user') {
      store.typing.delete(id);
      if (line.name) store.names.set(id, line.name);
    }
  }
  return fresh;
}

/** Forgets the first pending message that matches: it stands in the transcript now. */
export function settle(id, matches) {
  const pending = store.pending.get(id) ?? [];
  const at = pending.findIndex(matches);
  if (at >= 0) pending.splice(at, 1);
}

export const isMine = (each) => each.state === 'active' && each.agent?.id === store.me?.id;

export function listed(list) {
  const all = [...store.conversations.values()];
  switch (list) {
    case 'waiting':
      return all.filter((each) => each.state === 'waiting').sort((a, b) => compare(a.waitingSince, b.waitingSince));
    case 'mine':
      return all.filter(isMine).sort((a, b) => compare(b.updatedAt, a.updatedAt));
    case 'active':
      return all.filter((each) => each.state === 'active').sort((a, b) => compare(b.updatedAt, a.updatedAt));
    default:
      return all.filter((each) => each.state === 'ended').sort((a, b) => compare(b.endedAt, a.endedAt));
  }
}

const compare = (a, b) => (Date.parse(a) || 0) - (Date.parse(b) || 0);

export const lastNumber = (detail) => Math.max(-1, ...detail.lines.keys());

/** The customer's name: as configured by the channel, as written on a message, or made up. */
export const nameOf = (each) =>
  each.customer?.name || store.names.get(each.id) || 'Visitor ' + (each.customer?.id ?? each.id).slice(-4);
