// The link that opened the widget: its parameters are the key to everything else.

const KEYS = ['handoff', 'expires', 'signature'];

const root = location.pathname.replace(/\/widget(\/.*)?$/, '/widget');

let query = only(new URLSearchParams(location.search));

function only(parameters) {
  const kept = new URLSearchParams();
  for (const key of KEYS) if (parameters.has(key)) kept.set(key, parameters.get(key));
  return kept.toString();
}

export const hasLink = () => query !== '';

export function use(given) {
  query = only(new URLSearchParams(given));
}

export function address(path, more = '') {
  return `${root}${path}?${query}${more}`;
}

export async function ask(url, options) {
  let response;
  try {
    response = await fetch(url, { cache: 'no-store', ...options });
  } catch {
    throw new Problem('Baton does not answer. Trying again…', 0);
  }
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new Problem(answer.detail ?? `Baton answered ${response.status}.`, response.status);
  return answer;
}

export class Problem extends Error {
  constructor(message, status) {
    super(message);
    this.status = status;
  }
}

export function show(message) {
  document.getElementById('problem-text').textContent = message ?? '';
  document.getElementById('problem').hidden = !message;
}
