// Drives a model process of the desktop app in this very process: `llmDriver.mjs ENTRY MODEL`. Prints what it answers.
import { EventEmitter } from 'node:events';
import { MessageChannel } from 'node:worker_threads';
import { pathToFileURL } from 'node:url';

const [entry, file] = process.argv.slice(2);
const { port1, port2 } = new MessageChannel();
const wrapped = {
  postMessage: (message) => port2.postMessage(message),
  on: (name, listener) => port2.on(name, (data) => listener({ data, ports: [] })),
  start: () => port2.start(),
};
process.parentPort = new EventEmitter();
const load = { file, digest: null, adapter: null, threads: 1, contextTokens: 512, gpu: 'off' };
const request = {
  messages: [{ role: 'user', content: 'Say yes.' }],
  maxTokens: 4,
  temperature: 0,
  timeoutMs: 60_000,
  session: 'one',
};
port1.on('message', (message) => {
  if (message.kind === 'text') return;
  process.stdout.write(`${JSON.stringify({ kind: message.kind, code: message.code })}\n`);
  if (message.kind === 'ready') port1.postMessage({ kind: 'complete', id: 1, request });
  else port1.postMessage({ kind: 'close' });
});
setImmediate(function give() {
  if (process.parentPort.listenerCount('message') === 0) return setImmediate(give);
  process.parentPort.emit('message', { data: null, ports: [wrapped] });
  port1.postMessage({ kind: 'load', load });
});
await import(pathToFileURL(entry).href);
