// The agent's side of the simulated Genesys Cloud. Text only becomes text nodes, never markup.

const find = (id) => document.getElementById(id);
const STATES = { queue: 'waiting in the queue', alerting: 'alerting', agent: 'with an agent', ended: 'ended' };
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
  complain.timer = clearTimeout(complain.timer) ?? setTimeout(() => { find('error').hidden = true; }, 6000);
}

async function refresh() {
  const all = await call('conversations');
  drawList(all);
  const open = all.filter(({ state }) => state !== 'ended');
  if (!selected && open.length === 1) selected = open[0].id;
  if (selected && all.some(({ id }) => id === selected)) draw(await call(`conversations/${selected}`));
}

function drawList(all) {
  const focused = document.activeElement?.dataset?.id;
  find('list-empty').hidden = all.length > 0;
  find('list').replaceChildren(
    ...all.map((one) => {
      const button = make('button');
      button.type = 'button';
      button.dataset.id = one.id;
      button.setAttribute('aria-current', String(one.id === selected));
      button.append(make('strong', '', one.name), make('span', 'quiet', STATES[one.state]), make('small', '', one.last));
      button.addEventListener('click', () => {
        selected = one.id;
        refresh().catch(complain);
      });
      const item = make('li');
      item.append(button);
      return item;
    })
  );
  if (focused) find('list').querySelector(`[data-id="${CSS.escape(focused)}"]`)?.focus();
}

function draw(one) {
  find('chat').hidden = find('data').hidden = false;
  find('nothing').hidden = true;
  find('chat-title').textContent = one.name;
  find('chat-state').textContent = STATES[one.state];
  const mine = one.state === 'agent';
  find('accept').disabled = one.state !== 'queue' && one.state !== 'alerting';
  for (const id of ['transfer', 'queue', 'leave', 'text']) find(id).disabled = !mine;
  find('composer').querySelector('button').disabled = !mine;

  // Only what is new is added, so that a screen reader reads it once.
  const box = find('messages');
  if (drawn !== one.id) box.replaceChildren();
  drawn = one.id;
  const items = one.messages.map(message);
  items.forEach((item, i) => (box.children[i] ? update(box.children[i], item) : box.append(item)));
  box.scrollTop = box.scrollHeight;

  drawData(one);
}

function update(before, after) {
  if (before.textContent !== after.textContent) before.replaceWith(after);
}

function message({ direction, by, type, text, content, status, at }) {
  const time = new Date(at).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit', second: '2-digit' });
  if (type === 'Event') return make('li', 'event', `${by} types · ${time}`);
  const item = make('li', direction === 'Outbound' ? 'out' : 'in');
  if (text) item.append(make('p', '', text));
  for (const element of content) item.append(make('p', '', describe(element)));
  item.append(make('small', '', `${by} · ${time}${direction === 'Outbound' ? ` · ${status}` : ''}`));
  return item;
}

function describe(element) {
  const kind = element.contentType ?? 'Attachment';
  const inner = element.attachment ?? element.buttonResponse ?? element.quickReply ?? element;
  return `${kind}: ${inner.filename ?? inner.title ?? inner.text ?? ''} ${inner.url ?? ''}`.trim();
}

function drawData(one) {
  find('attributes').replaceChildren();
  let link = '';
  for (const [name, value] of Object.entries(one.attributes)) {
    if (isWidget(value)) link = value;
    else find('attributes').append(make('dt', '', name), make('dd', '', value));
  }
  // Set only when it changes: otherwise the widget would load again and again.
  if (find('widget').dataset.link !== link) {
    find('widget').dataset.link = link;
    find('widget').hidden = !link;
    if (link) find('widget').src = link;
  }
  find('participants').replaceChildren(
    ...one.participants.map((p) => make('li', '', `${p.purpose}: ${p.name}, ${p.state}${p.disconnectType ? ` (${p.disconnectType})` : ''}`))
  );
}

/** A script of the vendor's shows such a link in a web page component. */
function isWidget(value) {
  return URL.canParse(value) && /^https?:$/.test(new URL(value).protocol) && new URL(value).pathname.endsWith('/widget');
}

function act(action, body = {}) {
  if (!selected) return;
  call(`conversations/${selected}/${action}`, body).then(draw).catch(complain);
}

const me = () => find('me').value;
const other = () => [...find('me').options].find((option) => !option.selected).value;

find('accept').addEventListener('click', () => act('accept', { agent: me() }));
find('transfer').addEventListener('click', () => act('transfer', { agent: other() }));
find('queue').addEventListener('click', () => act('transfer', { queue: 'Second line' }));
find('leave').addEventListener('click', () => act('leave'));
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
  const text = find('text').value.trim();
  if (!text) return;
  find('text').value = '';
  act('messages', { text });
});

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
