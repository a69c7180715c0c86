// The desk's API. Failures are Problem: with status 0 the network failed, nothing was answered.

const ROOT = '/desk/api';

export class Problem extends Error {
  constructor(status, title, detail, code) {
    super(detail || title);
    this.status = status;
    this.title = title;
    this.code = code;
  }
}

async function call(method, path, body) {
  let response;
  try {
    response = await fetch(ROOT + path, {
      method,
      headers: body === undefined ? {} : { 'Content-Type': 'application/json' },
      body: body === undefined ? undefined : JSON.stringify(body),
      signal: AbortSignal.timeout(30000),
    });
  } catch {
    throw new Problem(0, 'Baton cannot be reached', 'Baton cannot be reached.');
  }
  const json = response.status === 204 ? null : await response.json().catch(() => null);
  if (!response.ok) {
    throw new Problem(response.status, json?.title ?? response.statusText, json?.detail, json?.code);
  }
  return json;
}

const one = (id) => '/conversations/' + encodeURIComponent(id);

export const api = {
  me: () => call('GET', '/me'),
  login: (user, password) => call('POST', '/login', { user, password }),
  logout: () => call('POST', '/logout'),
  list: (state) => call('GET', '/conversations?state=' + state),
  detail: (id, after) => call('GET', one(id) + (after >= 0 ? '?after=' + after : '')),
  accept: (id, agent) => call('POST', one(id) + '/accept', { agent }),
  say: (id, agent, text, messageId) => call('POST', one(id) + '/messages', { agent, text, id: messageId }),
  typing: (id, agent) => call('POST', one(id) + '/typing', { agent, on: true }),
  leave: (id, agent) => call('POST', one(id) + '/leave', { agent }),
  end: (id, agent) => call('POST', one(id) + '/end', { agent }),
  events: ROOT + '/events',
};
