// The customer's side of the demo: Web Chat on Baton's Direct Line endpoint, as a shop's page would have it.
const KEY = 'baton.conversation';
const HINTS = ['Opening hours', 'I want to return order A-1009', 'My order', 'Count', 'Slow', 'Who am I', 'Talk to a human', 'Talk to IT', 'Talk to sales', 'Talk to customer service', 'Who can help me?', '/fault'];
const STATUS = ['', 'connecting …', 'connected', 'this conversation has expired', 'cannot connect', 'ended'];

const find = (id) => document.getElementById(id);
const locale = new URLSearchParams(location.search).get('locale') ?? navigator.language;
let start = { bot: 'demo', links: [] };
let directLine;
let store;

function notice(...parts) {
  const box = find('notice');
  box.replaceChildren(...parts);
  box.hidden = parts.length === 0;
}

function code(text) {
  const element = document.createElement('code');
  element.textContent = text;
  return element;
}

function loadWebChat() {
  return new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.src = '/web/webchat.js';
    script.addEventListener('load', resolve);
    script.addEventListener('error', reject);
    document.head.append(script);
  });
}

function showPlaces() {
  find('lead').textContent = start.lead ?? '';
  for (const { title, href, description } of start.links) {
    const item = document.createElement('li');
    const link = document.createElement('a');
    const name = document.createElement('strong');
    const what = document.createElement('span');
    link.href = href;
    link.target = '_blank';
    link.rel = 'noopener';
    name.textContent = title;
    what.textContent = description;
    link.append(name, what);
    item.append(link);
    find('links').append(item);
  }
  const desk = start.links.find(({ href }) => href.replace(/\/$/, '').endsWith('/desk'));
  for (const step of desk ? ['Open the desk in a second window and accept the chat.', 'Write to each other, then end it there: the bot is back.'] : []) {
    const item = document.createElement('li');
    item.textContent = step;
    find('steps').append(item);
  }
}

const PHASES = {
  REQUESTED: 'A human is asked for',
  OFFERED: 'The customer chooses',
  DESCRIBING: 'The customer describes what it is about',
  QUEUED: 'In the queue',
  ACCEPTED: 'An agent has it',
  COMPLETED: 'Over, back with the bot',
  REJECTED: 'Turned down',
  FAILED: 'Failed, back with the bot',
};

// Which hub the handoff goes to, and why: every step of a handoff shows the customer something, so each is a reason to look.
async function showHandoff() {
  if (!start.handoff || !directLine?.conversationId) return;
  const response = await fetch(`${start.handoff}?conversation=${encodeURIComponent(directLine.conversationId)}`);
  const handoff = response.ok ? await response.json() : {};
  const box = find('handoff');
  box.hidden = !handoff.phase;
  if (!handoff.phase) return;
  const where = document.createElement('strong');
  where.textContent = handoff.hub ? `Hub ${handoff.hub}` : 'Handoff';
  const line = document.createElement('p');
  line.append(where, ` · ${PHASES[handoff.phase] ?? handoff.phase}`);
  const lines = [line];
  const why = document.createElement('p');
  if (handoff.byCustomer) why.append('Chosen by the customer from ', handoff.offered.join(', '), '. Its rule: ', code(handoff.rule));
  else if (handoff.hub) why.append('Chosen by the rule ', code(handoff.rule));
  else if (handoff.offered.length > 0) why.append('Several rules hold. Offered: ', handoff.offered.join(', '));
  if (why.hasChildNodes()) lines.push(why);
  // The same again would be read out again.
  if (box.textContent !== lines.map(({ textContent }) => textContent).join('')) box.replaceChildren(...lines);
}

function showHints() {
  for (const text of HINTS) {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = text;
    button.disabled = true;
    button.addEventListener('click', () => store?.dispatch({ type: 'WEB_CHAT/SEND_MESSAGE', payload: { text } }));
    find('hints').append(button);
  }
}

function enableHints(on) {
  for (const button of find('hints').children) button.disabled = !on;
}

function remembered() {
  try {
    return JSON.parse(sessionStorage.getItem(KEY)) ?? undefined;
  } catch {
    return undefined;
  }
}

// DirectLineJS renews the token itself; what it holds now is what a reload needs.
function remember() {
  const { conversationId, token, watermark } = directLine;
  if (conversationId && token) sessionStorage.setItem(KEY, JSON.stringify({ bot: start.bot, conversationId, token, watermark }));
}

async function freshToken() {
  const response = await fetch(`/bots/${encodeURIComponent(start.bot)}/directline/token`);
  if (!response.ok) {
    const problem = await response.json().catch(() => ({}));
    throw new Error(problem.detail ?? problem.error?.message ?? `the server answered ${response.status}`);
  }
  return (await response.json()).token;
}

// The page has lost what it showed, so that it asks for the whole conversation, not from the watermark on.
async function connection() {
  const domain = `${location.origin}/v3/directline`;
  const old = remembered();
  if (old?.bot === start.bot) {
    const still = await fetch(`${domain}/conversations/${encodeURIComponent(old.conversationId)}/activities`, { headers: { Authorization: `Bearer ${old.token}` } });
    if (still.ok) return { resumed: true, line: window.WebChat.createDirectLine({ domain, token: old.token, conversationId: old.conversationId, webSocket: true }) };
    sessionStorage.removeItem(KEY);
  }
  return { resumed: false, line: window.WebChat.createDirectLine({ domain, token: await freshToken(), webSocket: true, conversationStartProperties: { locale } }) };
}

// A customer sees messages; events are between bot, Baton and hub.
const messagesOnly = () => (next) => (...args) => (args[0]?.activity?.type === 'event' ? false : next(...args));

function greet({ dispatch }) {
  return (next) => (action) => {
    if (action.type === 'DIRECT_LINE/CONNECT_FULFILLED' && start.sendStartConversation) {
      dispatch({ type: 'WEB_CHAT/SEND_EVENT', payload: { name: 'startConversation', value: { locale } } });
    }
    return next(action);
  };
}

async function chat() {
  notice();
  enableHints(false);
  const { resumed, line } = await connection();
  directLine = line;
  directLine.connectionStatus$.subscribe((status) => {
    find('status').textContent = STATUS[status] ?? '';
    enableHints(status === 2);
    remember();
    if (status === 3 || status === 4) notice('The chat has lost its conversation. Choose “New conversation” to go on.');
  });
  directLine.activity$.subscribe({
    next: () => {
      remember();
      showHandoff().catch(() => {});
    },
    error: () => {},
  });
  store = resumed ? window.WebChat.createStore() : window.WebChat.createStore({}, greet);
  window.WebChat.renderWebChat(
    {
      directLine,
      store,
      locale,
      activityMiddleware: messagesOnly,
      styleOptions: {
        accent: '#1b4d5c',
        bubbleBackground: '#eef3f4',
        bubbleBorderRadius: 12,
        bubbleBorderWidth: 0,
        bubbleFromUserBackground: '#1b4d5c',
        bubbleFromUserTextColor: '#ffffff',
        bubbleFromUserBorderRadius: 12,
        bubbleFromUserBorderWidth: 0,
        primaryFont: 'system-ui, "Segoe UI", Roboto, "Noto Sans", sans-serif',
        suggestedActionLayout: 'flow',
        suggestedActionBackgroundColor: '#ffffff',
        suggestedActionBorderRadius: 16,
        suggestedActionHeight: 34,
        hideUploadButton: false,
      },
    },
    find('chat')
  );
}

async function restart() {
  sessionStorage.removeItem(KEY);
  find('handoff').hidden = true;
  directLine?.end();
  // Web Chat keeps what it shows in its tree; a new element gives a new tree.
  const empty = find('chat').cloneNode(false);
  find('chat').replaceWith(empty);
  await begin();
}

async function begin() {
  try {
    await chat();
  } catch (problem) {
    notice(`The chat cannot start: ${problem.message}. Is the server still running?`);
  }
}

showHints();
find('new').addEventListener('click', restart);
try {
  const response = await fetch('/start/start.json');
  start = await response.json();
} catch {
  notice('The server does not answer. Is it still running?');
}
showPlaces();
try {
  await loadWebChat();
  await begin();
} catch {
  find('new').disabled = true;
  notice(
    'The chat is not part of this build: ', code('web/webchat.js'), ' was left out because Node.js or the npm registry was not there. Install Node.js 18 or newer and run ',
    code('./mvnw -DskipTests package'), ' again. Everything else works, also Direct Line for your own canvas.'
  );
}
