// The agent's own chat with the bot: Web Chat on Baton's Direct Line endpoint, in a conversation of its own.

import { address, ask, show } from './link.js';

const find = (id) => document.getElementById(id);

function loadWebChat() {
  return new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.src = '/genesys-widget/web/webchat.js';
    script.addEventListener('load', resolve);
    script.addEventListener('error', () => reject(new Error('The chat is not part of this build (web/webchat.js).')));
    document.head.append(script);
  });
}

// An agent sees messages; events are between bot and Baton.
const messagesOnly = () => (next) => (...args) => (args[0]?.activity?.type === 'event' ? false : next(...args));

find('tab-handoff').href = address('');
try {
  const { token } = await ask(address('/token'), { method: 'POST' });
  await loadWebChat();
  const directLine = window.WebChat.createDirectLine({
    domain: `${location.origin}/v3/directline`,
    token,
    webSocket: true,
    conversationStartProperties: { locale: navigator.language },
  });
  directLine.connectionStatus$.subscribe((status) => {
    if (status === 3 || status === 4) show('The chat has lost its conversation. Open this page again.');
  });
  window.WebChat.renderWebChat(
    {
      directLine,
      locale: navigator.language,
      activityMiddleware: messagesOnly,
      styleOptions: { accent: '#0f5f6b', bubbleBackground: '#eef3f4', bubbleBorderRadius: 10, bubbleBorderWidth: 0, bubbleFromUserBackground: '#0f5f6b', bubbleFromUserTextColor: '#ffffff', bubbleFromUserBorderRadius: 10, bubbleFromUserBorderWidth: 0, primaryFont: 'system-ui, "Segoe UI", Roboto, "Noto Sans", sans-serif', hideUploadButton: true, suggestedActionLayout: 'flow' },
    },
    find('chat')
  );
} catch (problem) {
  show(problem.message);
}
