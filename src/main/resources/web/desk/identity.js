// Who works here: a logged-in user, or in open mode a name that is asked once.

import { api } from './api.js';

const KEY = 'baton.desk.agent';
const get = (id) => document.getElementById(id);

/** Resolves with {mode, agent}; asks for a login or a name when there is none. */
export async function identify() {
  let me;
  try {
    me = await api.me();
  } catch (problem) {
    if (problem.status !== 401) throw problem;
    me = await login();
  }
  return me.agent ? me : { mode: me.mode, agent: stored() ?? (await askName('Agent')) };
}

export async function askName(proposal) {
  const dialog = get('name-dialog');
  const input = get('name-input');
  input.value = proposal;
  dialog.showModal();
  input.select();
  return new Promise((resolve) => {
    const given = () => {
      const agent = { id: stored()?.id ?? 'agent-' + crypto.randomUUID().slice(0, 8), name: input.value.trim() || 'Agent' };
      localStorage.setItem(KEY, JSON.stringify(agent));
      return agent;
    };
    get('name-form').onsubmit = (event) => {
      event.preventDefault();
      dialog.close();
    };
    dialog.onclose = () => resolve(given());
  });
}

export function login() {
  const dialog = get('login-dialog');
  const error = get('login-error');
  dialog.oncancel = (event) => event.preventDefault();
  if (!dialog.open) dialog.showModal();
  return new Promise((resolve) => {
    get('login-form').onsubmit = async (event) => {
      event.preventDefault();
      error.hidden = true;
      try {
        const me = await api.login(get('login-user').value.trim(), get('login-password').value);
        get('login-password').value = '';
        dialog.close();
        resolve(me);
      } catch (problem) {
        error.textContent = problem.message;
        error.hidden = false;
      }
    };
  });
}

function stored() {
  try {
    const agent = JSON.parse(localStorage.getItem(KEY));
    return agent?.id && agent?.name ? agent : null;
  } catch {
    return null;
  }
}
