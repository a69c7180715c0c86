// The representative's side of the simulated Omnichannel. Text only becomes text nodes, never markup.

const find = (id) => document.getElementById(id);
const STATES = { OPEN: 'waiting in the queue', ACTIVE: 'with a representative', WAITING: 'waiting for the customer', CLOSED: 'ended' };
let all = [];
let selected = null;
let drawn = '';
let lastTyping = 0;

function make(tag, className, text) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (text !== undefined && text !== null) element.textContent = text;
  return element;
}

async function call(path, body) {
  const options = body === undefined ? {} : { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) };
  const response = await fetch(`/simulator/${path}`, options);
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new Error(answer.detail ?? `the simulator answered ${response.status}`);
  return answer;
}

function complain(problem) {
  find('error').textContent = problem.message;
  find('error').hidden = false;
  clearTimeout(complain.timer);
  complain.timer = setTimeout(() => { find('error').hidden = true; }, 6000);
}

const current = () => all.find(({ id }) => id === selected);
const text = ({ activity }) => activity.text ?? (activity.attachments ?? []).map(({ name, contentUrl }) => `${name}: ${contentUrl}`).join(' ');
const isEvent = ({ activity }) => Boolean(activity.name) || activity.type === 'endOfConversation';
const isTyping = ({ activity }) => activity.type === 'typing';

async function refresh() {
  all = (await call('conversations')).reverse();
  const open = all.filter(({ state }) => state !== 'CLOSED');
  if (!selected && open.length === 1) selected = open[0].id;
  drawList();
  if (current()) draw(current());
}

function drawList() {
  const focused = document.activeElement?.dataset?.id;
  find('list-empty').hidden = all.length > 0;
  find('list').replaceChildren(
    ...all.map((one) => {
      const button = make('button');
      button.type = 'button';
      button.dataset.id = one.id;
      button.setAttribute('aria-current', String(one.id === selected));
      const last = one.lines.filter((line) => !isEvent(line) && !isTyping(line)).at(-1);
      button.append(make('strong', '', one.customer ?? 'Customer'), make('span', 'quiet', STATES[one.state]), make('small', '', last ? text(last) : ''));
      button.addEventListener('click', () => select(one.id));
      const item = make('li');
      item.append(button);
      return item;
    })
  );
  if (focused) find('list').querySelector(`[data-id="${CSS.escape(focused)}"]`)?.focus();
}

function select(id) {
  selected = id;
  drawList();
  draw(current());
}

function draw(one) {
  find('chat').hidden = find('data').hidden = false;
  find('nothing').hidden = true;
  find('chat-title').textContent = one.customer ?? 'Customer';
  find('chat-state').textContent = one.state === 'ACTIVE' ? `with ${one.agent}` : STATES[one.state];
  const mine = one.state === 'ACTIVE';
  find('accept').disabled = one.state !== 'OPEN';
  for (const id of ['transfer', 'leave', 'text']) find(id).disabled = !mine;
  find('end').disabled = one.state === 'CLOSED';
  find('composer').querySelector('button').disabled = !mine;

  // Only what is new is added, so that a screen reader reads it once.
  const box = find('messages');
  if (drawn !== one.id) box.replaceChildren();
  drawn = one.id;
  const lines = one.lines.filter((line) => !isTyping(line));
  lines.slice(box.children.length).forEach((line) => box.append(item(line, one)));
  box.scrollTop = box.scrollHeight;

  find('start').textContent = one.startMessage || 'none';
  find('context').replaceChildren(
    ...Object.entries(one.context ?? {}).filter(([, { isDisplayable }]) => isDisplayable).flatMap(([name, { value }]) => [make('dt', '', name), make('dd', '', value)])
  );
}

function item(line, one) {
  if (isEvent(line)) return make('li', 'event', line.activity.name ?? 'The customer has left.');
  const box = make('li', line.by === 'us' ? 'out' : 'in');
  const by = line.by === 'us' ? (line.activity.from?.name ?? 'automated message') : (one.customer ?? 'Customer');
  box.append(make('p', '', text(line)), make('small', '', by));
  return box;
}

function act(action, body = {}) {
  if (selected) call(`conversations/${selected}/${action}`, body).then(refresh).catch(complain);
}

const me = () => find('me').value;
const other = () => [...find('me').options].find((option) => !option.selected).value;

find('accept').addEventListener('click', () => {
  call(`conversations/${selected}/accept`, { name: me() })
    .then(refresh)
    .then(() => find('text').focus())
    .catch(complain);
});
find('transfer').addEventListener('click', () => act('transfer', { name: other() }));
find('leave').addEventListener('click', () => act('leave'));
find('end').addEventListener('click', () => act('end'));
find('text').addEventListener('input', () => {
  if (Date.now() - lastTyping < 4000) return;
  lastTyping = Date.now();
  act('typing');
});
find('text').addEventListener('keydown', (event) => {
  if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    find('composer').requestSubmit();
  }
});
find('composer').addEventListener('submit', (event) => {
  event.preventDefault();
  const written = find('text').value.trim();
  if (!written) return;
  find('text').value = '';
  act('say', { text: written });
});
for (const id of ['open', 'free']) {
  find(id).addEventListener('change', () => call('availability', { open: find('open').checked, agent: find('free').checked }).catch(complain));
}

function step(by) {
  if (all.length === 0) return;
  const at = all.findIndex(({ id }) => id === selected);
  select(all[Math.min(Math.max(at + by, 0), all.length - 1)].id);
  find('list').querySelector('[aria-current="true"]').focus();
}

const KEYS = { j: () => step(1), k: () => step(-1), a: () => find('accept').click(), t: () => find('transfer').click(), e: () => find('end').click() };
document.addEventListener('keydown', (event) => {
  const typing = /^(TEXTAREA|INPUT|SELECT)$/.test(event.target.tagName);
  if (typing || event.ctrlKey || event.metaKey || event.altKey || !KEYS[event.key]) return;
  event.preventDefault();
  KEYS[event.key]();
});

call('availability')
  .then(({ IsQueueAvailable, IsAgentAvailable }) => {
    find('open').checked = IsQueueAvailable;
    find('free').checked = IsAgentAvailable || !IsQueueAvailable;
  })
  .catch(complain);
const events = new EventSource('/simulator/events');
events.addEventListener('message', () => {
  find('connection').textContent = '';
  find('connection').dataset.state = 'on';
  refresh().catch(complain);
});
events.addEventListener('error', () => {
  find('connection').textContent = 'The simulator does not answer';
  find('connection').dataset.state = 'off';
});
