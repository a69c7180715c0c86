const ROOT = 'api/';

/** Waits for a change after number `seen`; without one the state comes at once. */
export async function state(seen) {
  const answer = await fetch(ROOT + 'state' + (seen === undefined ? '' : '?seen=' + seen), { cache: 'no-store' });
  if (!answer.ok) throw new Error('HTTP ' + answer.status);
  return answer.json();
}

/** Acts; fails with what the instance says against it. */
export async function act(kind, id, verb, body = {}) {
  const answer = await fetch(ROOT + kind + '/' + encodeURIComponent(id) + '/' + verb, {
    method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body),
  });
  if (!answer.ok) {
    const problem = await answer.json().catch(() => ({}));
    throw new Error(problem.detail || 'HTTP ' + answer.status);
  }
}
