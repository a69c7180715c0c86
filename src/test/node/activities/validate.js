// Reads activities, one JSON document a line, and prints for each what Microsoft's validator says of it.
const { createInterface } = require('node:readline');
const { Activity } = require('@microsoft/agents-activity');

createInterface({ input: process.stdin }).on('line', (line) => {
  try {
    Activity.fromObject(JSON.parse(line));
    console.log('accepted');
  } catch (problem) {
    console.log(`refused ${String(problem.message).replace(/\s+/g, ' ')} in ${line}`);
  }
});
