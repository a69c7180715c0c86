'use strict';
// A page with Microsoft's Direct Line client, unchanged, driven by a test: every line on standard
// input is posted as a message, everything that arrives is printed as a line of JSON.
// Usage: node canvas.js <service root> <bot> <page origin> websocket|polling

const { JSDOM } = require('jsdom');

const [root, bot, origin, mode] = process.argv.slice(2);
const { window } = new JSDOM('', { url: origin });
for (const name of ['XMLHttpRequest', 'WebSocket', 'FormData', 'Blob']) {
  globalThis[name] = window[name];
}
globalThis.window = window;
const { DirectLine } = require('botframework-directlinejs');

const print = line => console.log(JSON.stringify(line));

function token() {
  return new Promise((resolve, reject) => {
    const xhr = new XMLHttpRequest();
    xhr.open('GET', `${root}/bots/${bot}/directline/token`);
    xhr.responseType = 'json';
    xhr.onload = () =>
      xhr.status === 200 ? resolve(xhr.response) : reject(new Error(`No token: ${xhr.status}`));
    xhr.onerror = () => reject(new Error('No token'));
    xhr.send();
  });
}

token().then(({ token, userId }) => {
  const client = new DirectLine({
    domain: `${root}/v3/directline`,
    token,
    webSocket: mode === 'websocket',
    pollingInterval: 200,
    random: () => 0 // the shortest wait before a reconnect
  });
  client.activity$.subscribe(print);
  client.connectionStatus$.subscribe(status => print({ status }));
  require('node:readline')
    .createInterface({ input: process.stdin })
    .on('line', text =>
      client.postActivity({ type: 'message', from: { id: userId }, text }).subscribe(
        posted => print({ posted }),
        error => print({ failed: String(error) })
      )
    )
    .on('close', () => process.exit(0));
}, error => {
  console.error(error);
  process.exit(1);
});
