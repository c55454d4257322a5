/* oxlint-disable unicorn/require-post-message-target-origin -- a worker’s port has no origin */
// Starts a packaged program in plain Node, with a stand-in for Electron itself, and prints what it can do as one line of
// JSON. The folder is what `extract` of packaged.ts made; run by package.test.ts in a process of its own.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { MessagePort } from 'node:worker_threads';
import { assistant } from '../../src/contract.ts';
import { connect } from '../../src/rpc.ts';
import { createFake } from '../electron/fake.ts';
import { until } from '../until.ts';

const app = process.argv[2] ?? '';
const fake = createFake({ appPath: app });
Object.assign(globalThis, { electron: fake.api });
const names = Object.keys(fake.api);
registerHooks({
  resolve: (name, context, next) =>
    name === 'electron'
      ? { url: 'stub:electron', format: 'module', shortCircuit: true }
      : next(name, context),
  load: (url, context, next) =>
    url === 'stub:electron'
      ? {
          format: 'module',
          source: `const { ${names.join(', ')} } = globalThis.electron;\nexport { ${names.join(', ')} };\nexport default globalThis.electron;`,
          shortCircuit: true,
        }
      : next(url, context),
});

process.argv.push('--demo');
await import(pathToFileURL(join(app, 'out/main/main.js')).href);
const contents = await until('the window', () => fake.windows[0]?.webContents, 60_000);
let seen = 0;
const page = connect(assistant, {
  send: (message) =>
    contents.ipc.emit('beforehand', { sender: contents, senderFrame: contents.mainFrame }, message),
  onMessage: (listener) => {
    setInterval(() => {
      for (; seen < contents.sent.length; seen++) listener((contents.sent[seen] as unknown[])[1]);
    }, 5).unref();
  },
  onClose: () => {},
});
await until(
  'the state of the core',
  () => contents.sent.some((each) => ((each as unknown[])[1] as { event?: string }).event === 'state'),
  60_000,
);
const settings = await page.call('settings.get', {});
const models = await page.call('models.list', {});
const index = await fake.page('app://beforehand/');
const home = process.env['BEFOREHAND_HOME'] ?? '';

// Its own model process, with the model named in MODEL or a file that is none: either way llama.cpp itself answers.
const wrong = join(home, 'wrong.gguf');
writeFileSync(wrong, 'no model at all'.repeat(100));
const llm = fake.api.utilityProcess.fork(join(app, 'out/main/llmProcess.js'), [], {
  serviceName: 'llm',
  env: {},
});
const { port1, port2 } = new fake.api.MessageChannelMain();
llm.postMessage(null, [port2]);
const answers: { kind: string; message?: string; text?: string }[] = [];
const engine = (port1 as unknown as { real: MessagePort }).real;
engine.on('message', (each: { message: never }) => answers.push(each.message));
const ask = async (message: unknown, ...kinds: string[]) => {
  engine.postMessage({ message, ports: [] });
  return until('the model process', () => answers.find(({ kind }) => kinds.includes(kind)), 60_000);
};
const load = { digest: null, adapter: null, threads: 1, contextTokens: 512, gpu: 'off' };
const file = process.env['MODEL'];
const unfit = await ask({ kind: 'load', load: { ...load, file: wrong } }, 'ready', 'unfit');
let said: string | null = null;
if (file) {
  await ask({ kind: 'load', load: { ...load, file } }, 'ready');
  const request = {
    messages: [{ role: 'user', content: 'Say hello.' }],
    maxTokens: 8,
    temperature: 0,
    timeoutMs: 50_000,
    session: 'ship',
  };
  said = (await ask({ kind: 'complete', id: 1, request }, 'done', 'failed')).text ?? null;
}

// Native modules that need a screen or a secret store to do anything: that they can be loaded is shown here. In a process
// of its own, as uiohook's library ends one that had no screen with 1, and only when it is unloaded.
const apart = `const { readFileSync } = require('node:fs');
const packed = require('node:module').createRequire(process.argv[1]);
for (const name of ['uiohook-napi', '@napi-rs/keyring']) packed(name);
process.stdout.write(readFileSync('/proc/self/maps', 'utf8'));`;
const others = spawnSync(process.execPath, ['-e', apart, join(app, 'out/main/main.js')], {
  encoding: 'utf8',
});
const native = [
  ...new Set(
    `${readFileSync('/proc/self/maps', 'utf8')}\n${others.stdout}`
      .split('\n')
      .map((line) => line.slice(line.indexOf('/')))
      .filter((path) => path.includes('node_modules')),
  ),
];
const result = {
  mode: settings.mode,
  models: models.length,
  page: index?.status,
  unfit: [unfit.kind, unfit.message],
  said,
  native,
  log: existsSync(join(home, 'demo', 'log.db')),
  forked: fake.log.filter((each) => each.startsWith('fork')),
  errors: fake.log.filter((each) => each.startsWith('error')),
};
process.stdout.write(`${JSON.stringify(result)}\n`);
// Each ends as it would in Electron; a thread that is cut off inside native code takes the process with it.
const ended = Promise.all(
  fake.workers.map((worker) => new Promise((resolve) => void worker.once('exit', resolve))),
);
engine.postMessage({ message: { kind: 'close' }, ports: [] });
fake.app.quit();
await ended;
process.exit(0);
