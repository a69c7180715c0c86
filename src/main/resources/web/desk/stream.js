// The stream of changes, opened again with growing waits whenever it breaks.

import { api } from './api.js';

const EVENTS = ['snapshot', 'waiting', 'accepted', 'message', 'changed', 'ended', 'typing'];
const FIRST_WAIT = 1000;
const LONGEST_WAIT = 30000;

export function openStream(onEvent, onState) {
  let source = null;
  let wait = FIRST_WAIT;
  let timer = 0;
  let stopped = false;

  function connect() {
    clearTimeout(timer);
    source?.close();
    if (stopped) return;
    source = new EventSource(api.events);
    for (const name of EVENTS) {
      source.addEventListener(name, (event) => {
        wait = FIRST_WAIT;
        onState('on');
        onEvent(name, JSON.parse(event.data));
      });
    }
    source.onerror = () => {
      source.close();
      onState('off');
      // Spread over time, so that not every desk comes back in the same moment.
      timer = setTimeout(connect, wait * (0.75 + Math.random() / 2));
      wait = Math.min(wait * 2, LONGEST_WAIT);
    };
  }

  addEventListener('online', connect);
  addEventListener('offline', () => onState('off'));
  connect();
  return () => {
    stopped = true;
    connect();
  };
}
