'use strict';
// Microsoft's Direct Line client, unchanged, in a browser-like page of another origin.
// Usage: node client.js <service root> <page origin> websocket|polling

const assert = require('node:assert/strict');
const { JSDOM } = require('jsdom');

const [root, origin, mode] = process.argv.slice(2);
const { window } = new JSDOM('', { url: origin });
for (const name of ['XMLHttpRequest', 'WebSocket', 'FormData', 'Blob']) {
  globalThis[name] = window[name];
}
globalThis.window = window;
const { DirectLine } = require('botframework-directlinejs');

const LIMIT = 30000;

function request(method, url, responseType = 'json') {
  return new Promise((resolve, reject) => {
    const xhr = new XMLHttpRequest();
    xhr.open(method, url);
    xhr.responseType = responseType;
    xhr.onload = () => resolve(xhr);
    xhr.onerror = () => reject(new Error(`${method} ${url} failed`));
    xhr.send();
  });
}

async function main() {
  const given = await request('GET', `${root}/bots/helpdesk/directline/token`);
  assert.equal(given.status, 200);
  const { token, userId } = given.response;

  const client = new DirectLine({
    domain: `${root}/v3/directline`,
    token,
    webSocket: mode === 'websocket',
    pollingInterval: 200,
    random: () => 0 // the shortest wait before a reconnect
  });

  const received = [];
  const waiting = new Set();
  client.activity$.subscribe(activity => {
    received.push(activity);
    waiting.forEach(check => check());
  });
  const until = (what, condition) =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`No ${what}: ${texts().slice(-5)}`)), LIMIT);
      const check = () => {
        if (condition()) {
          clearTimeout(timer);
          waiting.delete(check);
          resolve();
        }
      };
      waiting.add(check);
      check();
    });
  const texts = () => received.map(activity => activity.text);
  const post = activity =>
    new Promise((resolve, reject) =>
      client.postActivity({ type: 'message', from: { id: userId }, ...activity }).subscribe(resolve, reject)
    );
  const say = text => post({ text });

  await until('greeting', () => texts().includes('Hello from helpdesk'));

  const id = await say('hi');
  await until('echo', () => received.some(activity => activity.id === id));
  const echo = received.find(activity => activity.id === id);
  assert.equal(echo.text, 'hi');
  assert.equal(echo.from.id, userId);
  await until('answer', () => texts().includes('You said: hi'));

  const lines = Array.from({ length: 60 }, (_, i) => `line ${i}`);
  for (const line of lines) {
    await say(line);
  }
  await until('last answer', () => texts().includes('You said: line 59'));
  // Polling, this client hands the activities of neighbouring answers on alternately; their ids tell the service's order.
  const ordered =
    mode === 'polling'
      ? [...received].filter(activity => activity.id).sort((a, b) => a.id.localeCompare(b.id)).map(activity => activity.text)
      : texts();
  assert.deepEqual(ordered.filter(text => /^line \d+$/.test(text)), lines);
  assert.deepEqual(
    ordered.filter(text => /^You said: line/.test(text)),
    lines.map(line => `You said: ${line}`)
  );

  const uploaded = await post({
    text: 'two files',
    attachments: [
      { contentType: 'text/plain', contentUrl: 'data:text/plain;base64,Z3LDvMOfZQ==', name: 'grüße.txt' },
      { contentType: 'image/png', contentUrl: 'data:image/png;base64,iVBORw0KGgo=', name: 'a.png' }
    ]
  });
  await until('uploaded files', () => received.some(activity => activity.id === uploaded));
  const { attachments } = received.find(activity => activity.id === uploaded);
  assert.deepEqual(
    attachments.map(({ name, contentType }) => [name, contentType]),
    [['grüße.txt', 'text/plain'], ['a.png', 'image/png']]
  );
  const file = await request('GET', attachments[0].contentUrl, 'arraybuffer');
  assert.equal(Buffer.from(file.response).toString('utf8'), 'grüße');

  if (mode === 'websocket') {
    // The service drops the socket and the bot goes on talking meanwhile.
    await say('drop the socket');
    await until('what was said meanwhile', () => texts().includes('meanwhile 9'));
    await say('back again');
    await until('answer after the reconnect', () => texts().includes('You said: back again'));
    assert.deepEqual(
      texts().filter(text => /^meanwhile/.test(text)),
      Array.from({ length: 10 }, (_, i) => `meanwhile ${i}`)
    );
  }

  const ids = received.map(activity => activity.id);
  assert.equal(new Set(ids).size, ids.length, 'an activity came twice');
  client.end();
  console.log(`${mode}: ${received.length} activities`);
  process.exit(0);
}

main().catch(error => {
  console.error(error);
  process.exit(1);
});
