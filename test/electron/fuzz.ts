import { EventEmitter } from 'node:events';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import type { WebContents } from 'electron';
import type { App } from '../../src/app.ts';
import { contract, type Assistant } from '../../src/contract.ts';
import { FromEngine, ToEngine } from '../../src/llm/protocol.ts';
import type { Handlers } from '../../src/rpc.ts';
import { createHostLink, type Port } from '../../electron/hostLink.ts';
import { servePage } from '../../electron/ipc.ts';
import { FromCore, ToCore } from '../../electron/messages.ts';

/** What a run found; `effects` and `unexpected` are what must be nothing. */
export interface FuzzReport {
  readonly messages: number;
  /** Calls of handlers that a message had no right to. */
  readonly unexpected: readonly string[];
  /** Messages with a right to be answered, and how many were. */
  readonly rightful: number;
  readonly answered: number;
  /** Of them, told that too many were under way: the log was busy with its own copy, say. */
  readonly heldBack: number;
  /** Of a flood with time standing still: sent, and let through; how often it was said. */
  readonly flood: { readonly sent: number; readonly through: number; readonly said: number };
  /** What differs between the core before and after. */
  readonly effects: readonly string[];
  readonly polluted: boolean;
  /** Bytes: resident memory after a tenth, and at the end. */
  readonly memory: { readonly early: number; readonly late: number };
}

/** Channels that only tell; everything else has an effect, and no message of a stranger may reach it. */
const READS = [
  'settings.get',
  'state.get',
  'models.list',
  'privacy.exclusions',
  'privacy.report',
  'copies.list',
  'program.get',
] as const;

/** Calls that would do something, as a page of ours would rightly send them. */
const EFFECTS: readonly { readonly channel: string; readonly input: unknown }[] = [
  { channel: 'forget', input: { everything: true } },
  { channel: 'settings.set', input: { eagerness: 1, excludedApps: ['x'], updates: true } },
  { channel: 'capture.pause', input: { minutes: null } },
  { channel: 'capture.resume', input: {} },
  { channel: 'need.record', input: {} },
  { channel: 'key.rotate', input: {} },
  { channel: 'models.use', input: { alias: 'remote' } },
  { channel: 'models.pull', input: { alias: 'smollm2-135m' } },
  { channel: 'activityWatch.renewKey', input: {} },
  { channel: 'program.startAtLogin', input: { on: true } },
  { channel: 'updates.check', input: {} },
  { channel: 'study.end', input: {} },
];

const REACHING = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'valueOf', 'then'];

/** Sends `count` seeded messages, hostile but for about one in a hundred, to a real core behind the real listener. */
export async function fuzz(options: {
  readonly app: App;
  readonly home: string;
  readonly count: number;
  readonly seed: number;
}): Promise<FuzzReport> {
  const { app, home, count } = options;
  const random = mulberry(options.seed);
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
  const anything = fc.sample(
    fc.anything({
      withBigInt: true,
      withDate: true,
      withMap: true,
      withSet: true,
      withTypedArray: true,
      withNullPrototype: true,
      withObjectString: true,
      withSparseArray: true,
      maxDepth: 4,
    }),
    { numRuns: Math.min(20_000, count), seed: options.seed },
  );
  const channels = Object.keys(contract);
  const unexpected: string[] = [];
  let allowed: string | null = null;
  let through = 0;
  const handlers = Object.fromEntries(
    Object.entries(app.handlers).map(([name, handler]) => [
      name,
      (input: never) => {
        if (allowed === name) through += 1;
        else if (unexpected.length < 20) unexpected.push(name);
        return (handler as (input: never) => unknown)(input);
      },
    ]),
  ) as unknown as Handlers<Assistant>;

  let now = 0;
  let said = 0;
  let answered = 0;
  let heldBack = 0;
  let destroyed = false;
  const main = { url: 'app://beforehand/' };
  const contents = Object.assign(new EventEmitter(), {
    ipc: new EventEmitter(),
    mainFrame: main,
    isDestroyed: () => destroyed,
    send(_channel: string, reply: Record<string, unknown>) {
      const refused = (reply['error'] as { code?: unknown } | undefined)?.code === 'refused';
      if (refused) heldBack += 1;
      if (refused || 'output' in reply) answered += 1;
    },
  });
  servePage(contents as unknown as WebContents, handlers, () => () => {}, {
    now: () => now,
    onFlood: () => (said += 1),
  });
  const strangers = [
    () => ({ senderFrame: null }),
    () => ({ senderFrame: { url: 'app://beforehand/' } }),
    () => ({ senderFrame: undefined }),
    ...[
      'https://evil.example/',
      'app://beforehand.evil/',
      'app://other/',
      'file:///',
      'about:blank',
      'app:beforehand',
      '',
      'app://beforehand@evil/',
      'data:text/html,x',
      'beforehand://today',
    ].map((url) => () => {
      main.url = url;
      return { senderFrame: main };
    }),
  ];

  /** A small change somewhere in a message that was right. */
  const mutate = (message: Record<string, unknown>): unknown => {
    const input = { ...(message['input'] as object) } as Record<string, unknown>;
    const changed: Record<string, unknown> = { ...message, input };
    switch (Math.floor(random() * 12)) {
      case 0:
        changed['id'] = pick([-1.5, Number.NaN, Infinity, '1', null, {}, 2 ** 60, anything[0]]);
        break;
      case 1:
        changed['channel'] = pick([...REACHING, `${String(message['channel'])} `, '', 'shell.run', 5, null]);
        break;
      case 2:
        return JSON.parse(
          `{"id":1,"channel":${JSON.stringify(message['channel'])},"input":{"__proto__":{"polluted":true}}}`,
        );
      case 3:
        input[pick(REACHING)] = { polluted: true };
        break;
      case 4:
        return Object.defineProperty(changed, 'channel', { enumerable: true, get: () => 'forget' });
      case 5:
        input['self'] = changed;
        break;
      case 6:
        changed['input'] = pick([
          new Uint8Array(64),
          new Map([['everything', true]]),
          new Date(),
          1n,
          Symbol('x'),
          () => 1,
        ]);
        break;
      case 7:
        if (random() < 0.01) changed['input'] = { text: 'x'.repeat(2_000_000) };
        else input['x'] = 'x'.repeat(70_000);
        break;
      case 8:
        changed['input'] = nested(random() < 0.01 ? 20_000 : 40);
        break;
      case 9:
        for (const key of Object.keys(input)) input[key] = pick(anything);
        input['unknown'] = pick(anything);
        break;
      case 10:
        return [changed, changed];
      default:
        changed['input'] = pick(anything);
    }
    return changed;
  };
  /** Whether the contract itself would take it: then only a stranger sends it, or it only reads. */
  const takes = (message: unknown): string | null => {
    try {
      const { channel, input, id } = message as { channel: string; input: unknown; id: unknown };
      if (!Number.isSafeInteger(id) || !Object.hasOwn(contract, channel)) return null;
      return contract[channel as keyof typeof contract].input.safeParse(input).success ? channel : null;
    } catch {
      return null;
    }
  };

  const before = await snapshot(app, home);
  let early = 0;
  let rightful = 0;
  for (let n = 0; n < count; n++) {
    now += 10;
    const kind = random();
    const base = {
      id: Math.floor(random() * 1000),
      ...(random() < 0.6 ? pick(EFFECTS) : { channel: pick(channels), input: {} }),
    };
    let message: unknown = base;
    let sender: object = { senderFrame: main };
    allowed = null;
    if (kind < 0.01) {
      message = { id: n, channel: pick(READS), input: {} };
      allowed = (message as { channel: string }).channel;
      rightful += 1;
    } else if (kind < 0.2) sender = pick(strangers)();
    else {
      message = kind < 0.5 ? pick(anything) : mutate(base);
      // A change that left it right makes it a stranger's.
      if (takes(message) !== null) sender = pick(strangers)();
    }
    if (n % 50_021 === 50_000) {
      // Answers of a page that was left meet nobody: they are waited for, since each is counted.
      await pause();
      contents.emit('did-start-navigation', { isMainFrame: true, isSameDocument: false });
    }
    contents.ipc.emit('beforehand', { sender: contents, ...sender }, message);
    main.url = 'app://beforehand/';
    if (allowed || n % 200 === 199) await turn();
    if (n === Math.floor(count / 10)) early = process.memoryUsage().rss;
  }
  // What was asked last may still be under way.
  await pause();
  const late = process.memoryUsage().rss;
  const [given, held] = [answered, heldBack];

  // A flood of rightful calls, time standing still.
  through = 0;
  now += 60_000;
  const sent = Math.min(50_000, count * 2);
  allowed = 'settings.get';
  for (let n = 0; n < sent; n++) {
    contents.ipc.emit(
      'beforehand',
      { sender: contents, senderFrame: main },
      { id: n, channel: 'settings.get', input: {} },
    );
    if (n % 100 === 99) await turn();
  }
  const flood = { sent, through, said };

  // A destroyed window's last messages.
  allowed = null;
  now += 60_000;
  destroyed = true;
  contents.emit('destroyed');
  for (const effect of EFFECTS)
    contents.ipc.emit('beforehand', { sender: contents, senderFrame: main }, { id: 1, ...effect });
  await turn();
  unexpected.push(...betweenProcesses(anything));
  return {
    messages: count + sent + EFFECTS.length,
    unexpected,
    rightful,
    answered: given,
    heldBack: held,
    flood,
    effects: differences(before, await snapshot(app, home)),
    polluted: 'polluted' in {},
    memory: { early, late },
  };
}

/** The same values between core, main process and children: none of them may do or throw anything. */
function betweenProcesses(values: readonly unknown[]): string[] {
  const did: string[] = [];
  let listener: ((event: { data: unknown; ports: readonly Port[] }) => void) | null = null;
  const port = {
    postMessage: (message: unknown) => void did.push(JSON.stringify(message)),
    on: (name: string, heard: typeof listener) => void (name === 'message' && (listener = heard)),
  } as unknown as Port;
  const link = createHostLink(port);
  link.onQuit(() => did.push('quit'));
  link.onNote(() => did.push('note'));
  link.updates.onState(() => did.push('updates'));
  for (const value of values) {
    for (const data of [
      value,
      { kind: value },
      { kind: 'spawned', id: value },
      { kind: 'note', line: [value] },
      { kind: 'updates', state: value },
    ]) {
      const own = ToCore.safeParse(data).success;
      if (!own) listener!({ data, ports: [] });
      for (const schema of [FromCore, ToEngine, FromEngine]) schema.safeParse(data);
    }
  }
  return did;
}

async function snapshot(app: App, home: string): Promise<Record<string, string>> {
  const { handlers } = app;
  const state = await handlers['state.get']({});
  const { now: _, store: __, sources: ___, ...kept } = state;
  const rows = {
    observations: await handlers['observations.list']({ limit: 500 }),
    suggestions: await handlers['suggestions.list']({ limit: 500 }),
    decisions: await handlers['decisions.list']({ limit: 500 }),
    settings: await handlers['settings.get']({}),
    copies: await handlers['copies.list']({}),
    state: kept,
    // The log's own daily copy comes with time, whatever is sent.
    files: readdirSync(home, { recursive: true })
      .map(String)
      .filter((name) => !/^(logs|backups)/.test(name))
      .sort(),
    file: readFileSync(join(home, 'settings.json'), 'utf8'),
  };
  return Object.fromEntries(Object.entries(rows).map(([name, value]) => [name, JSON.stringify(value)]));
}

function differences(before: Record<string, string>, after: Record<string, string>): string[] {
  return Object.keys(before)
    .filter((name) => before[name] !== after[name])
    .map((name) => (name === 'files' ? `files: ${before[name]} -> ${after[name]}` : name));
}

function nested(depth: number): unknown {
  let value: unknown = {};
  for (let n = 0; n < depth; n++) value = { x: value };
  return value;
}

const pause = () => new Promise<void>((resolve) => setTimeout(resolve, 500));
const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

/** Mulberry32, a public-domain generator by Tommy Ettinger: the same seed, the same messages. */
function mulberry(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let value = Math.imul(state ^ (state >>> 15), state | 1);
    value ^= value + Math.imul(value ^ (value >>> 7), value | 61);
    return ((value ^ (value >>> 14)) >>> 0) / 4_294_967_296;
  };
}
