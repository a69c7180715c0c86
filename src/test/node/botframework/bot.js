'use strict';
// A bot on Microsoft's Bot Framework SDK behind offline-directline, neither of them Baton's.
// Prints "ready <port>" when Direct Line is served under /directline.

const express = require('express');
const { getRouter } = require('offline-directline');
const {
  ActivityHandler,
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  EventFactory,
  MemoryTranscriptStore,
  TranscriptLoggerMiddleware
} = require('botbuilder');

const transcripts = new MemoryTranscriptStore();
const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication({}));
adapter.use(new TranscriptLoggerMiddleware(transcripts));
adapter.onTurnError = async (context, error) => console.error(error);

class Bot extends ActivityHandler {
  constructor() {
    super();
    this.onEvent(async (context, next) => {
      const { name, value } = context.activity;
      if (name === 'startConversation') {
        await context.sendActivity('Hello from the SDK.');
        await context.sendActivity('Ask me for a human.');
      } else if (name === 'handoff.status') {
        await context.sendActivity(`The handoff is ${value.state}.`);
      }
      await next();
    });
    this.onMessage(async (context, next) => {
      const { text, channelId, conversation } = context.activity;
      if (text.includes('human')) {
        await context.sendActivity('I am getting somebody.');
        const { items } = await transcripts.getTranscriptActivities(channelId, conversation.id);
        await context.sendActivity(
          EventFactory.createHandoffInitiation(
            context,
            {
              va_LastTopic: 'Refund',
              va_LastPhrases: ['I want my money back', text],
              OrderNumber: 'A-1009',
              Amount: 41.5,
              Address: { city: 'Berlin' },
              skill: 'billing',
              Unset: null
            },
            { activities: items }
          )
        );
      } else {
        await context.sendActivity(`You said: ${text}`);
        await context.sendActivity('Anything else?');
      }
      await next();
    });
  }
}

const bot = new Bot();
const app = express();
const server = app.listen(0, '127.0.0.1', () => {
  const root = `http://127.0.0.1:${server.address().port}`;
  app.post('/api/messages', express.json(), (req, res) =>
    adapter.process(req, res, context => bot.run(context))
  );
  app.use(getRouter(root, `${root}/api/messages`));
  console.log(`ready ${server.address().port}`);
});
process.stdin.on('end', () => process.exit(0)).resume(); // ends with the test
