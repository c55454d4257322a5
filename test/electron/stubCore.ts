// A core for tests: answers the contract with little, and does what a channel's name asks.
import { assistant, contract, type AppState, type Assistant } from '../../src/contract.ts';
import type { Child } from '../../src/model/ports.ts';
import { Settings } from '../../src/model/settings.ts';
import { serve, type Handlers } from '../../src/rpc.ts';
import { createHostLink, type Port } from '../../electron/hostLink.ts';

const link = createHostLink(process.parentPort as unknown as Port);
const told: string[] = [];
let child: Child | null = null;
const KEYS = ['CommandOrControl+Alt+P', 'CommandOrControl+Alt+Y', 'P'];
const jobs: Readonly<Record<string, (input: Record<string, unknown>) => unknown>> = {
  // One channel that takes a text and one that gives two back serve as the tests' remote control.
  'models.pull': ({ alias }) => {
    if (alias === 'crash') process.exit(9);
    if (alias === 'fail') link.fail('[log] the log is damaged');
    if (alias === 'spawn') {
      child = link.spawn('llm', ['--one']);
      child.onMessage((message) => told.push(JSON.stringify(message)));
      child.onExit((code) => told.push(`exit ${code}`));
      child.send('early');
    }
    if (alias === 'child crash') child?.send('crash');
    if (alias === 'wrong') become('wrong');
    if (alias === 'kill') child?.kill();
    if (alias === 'notify') {
      void link.notify.show({
        title: 't',
        body: 'b',
        actions: [
          { key: 'accept', label: 'Accept' },
          { key: 'dismiss', label: 'Dismiss' },
        ],
        onAction: (key) => told.push(`action ${key}`),
        onClosed: (byUser) => told.push(`closed ${byUser}`),
      });
    }
    if (alias === 'keys') {
      link.shortcuts.onPressed((keys) => told.push(`pressed ${keys}`));
      void link.shortcuts.take(KEYS).then((refused) => told.push(JSON.stringify(refused)));
    }
    if (alias === 'locked') void link.screen.locked().then((locked) => told.push(`locked ${locked}`));
    if (alias === 'show') link.window.show('suggestion/00000000-0000-4000-8000-000000000001');
    if (alias === 'ask') {
      void Promise.all([link.idleSeconds(), link.clipboardTypes(), link.clipboardText()]).then((values) =>
        told.push(JSON.stringify(values)),
      );
    }
    if (alias === 'over') over = false;
    return { started: true };
  },
  'privacy.sample': () => ({ stored: told.join('|'), never: '' }),
  'state.get': () => state(),
  'capture.pause': () => become('paused'),
  'capture.resume': () => become('watching'),
  'settings.get': () => Settings.parse({ holds: { fullScreen: over } }),
  'need.record': () => ({ observations: 3 }),
};
let over = true;
let capture: AppState['capture'] = 'watching';
const state = (): AppState => ({
  version: '0.1.0',
  host: 'desktop',
  demo: false,
  capture,
  pausedUntil: capture === 'paused' ? 0 : null,
  pausedBy: capture === 'paused' ? 'you' : null,
  quietUntil: null,
  says: {
    paused: 'until you resume',
    watching: '1 of 1 source',
    wrong: 'clipboard: it does not answer',
  }[capture],
  afk: false,
  language: 'en',
  sources: [
    { name: 'clipboard', state: capture === 'wrong' ? 'unhealthy' : 'healthy', events: 0, restarts: 1 },
  ],
  model: { alias: 'none', state: 'off', shows: false, leaves: false },
  store: { place: '', encrypted: true, key: 'file', bytes: 0, events: 0 },
  counts: { kept: 0, redacted: 0, dropped: 0, reasons: {}, sources: {} },
  today: { shown: 0, accepted: 0, rejected: 0, ignored: 0, silent: 0, modelCalls: 0, tokens: 0 },
  current: null,
  waiting: 0,
});
const become = (next: AppState['capture']) => {
  capture = next;
  publish('state', state());
  return state();
};
const handlers = Object.fromEntries(
  Object.keys(contract).map((name) => [name, jobs[name] ?? (() => ({}))]),
) as unknown as Handlers<Assistant>;
const publish = serve(assistant, handlers, link.transport);
setInterval(() => {
  publish('progress', { task: 'beat', done: 0, total: 1, state: 'running' });
}, 50);
link.onQuit(() => process.exit(0));
