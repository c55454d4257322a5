import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { Event } from '../../src/model/event.ts';
import { systemClock } from '../../src/model/ports.ts';
import { Settings } from '../../src/model/settings.ts';
import { createClipboardMonitor, type ClipboardAdapter } from '../../src/monitors/clipboard.ts';
import { createX11Clipboard } from '../../src/monitors/linux/clipboard.ts';
import { createGuard } from '../../src/privacy/privacy.ts';
import { clipboardBench } from '../bench/clipboard.ts';
import { needs } from '../needs.ts';
import { recordingGuard } from '../suites/monitor.ts';
import { until } from '../until.ts';
import { startDisplay, type Display } from './display.ts';
import { ownSelection } from './owner.ts';

let display: Display;
let events: Event[];
/** Names of everything that was read of a copy, its list of targets aside. */
let read: string[];
let stop: (() => Promise<void>) | null;

/** The real adapter, which tells what of a copy is read. */
function watched(): ClipboardAdapter {
  const adapter = createX11Clipboard(display.env);
  return {
    open: (listener) =>
      adapter.open({
        ...listener,
        copied: (copied) =>
          listener.copied({
            ...copied,
            text: (most) => (read.push('text'), copied.text(most)),
            bytes: (target) => (read.push(target), copied.bytes(target)),
            entries: (target) => (read.push(target), copied.entries!(target)),
          }),
      }),
  };
}

const of = <K extends Event['kind']>(kind: K) =>
  events.filter((event): event is Extract<Event, { kind: K }> => event.kind === kind);

async function start(guard = recordingGuard().guard) {
  const monitor = createClipboardMonitor({ adapter: watched(), guard, clock: systemClock, focus: null });
  stop = await monitor.start((event) => events.push(event));
  return monitor;
}
const setUp = () => {
  beforeAll(async () => {
    display = await startDisplay();
  });
  afterAll(() => display.stop());
  beforeEach(() => {
    events = [];
    read = [];
    return async () => {
      await stop?.();
      stop = null;
    };
  });
};
const copy = (text: string | Uint8Array, ...args: string[]) =>
  display.call('xclip', ['-selection', 'clipboard', ...args], text);
const realGuard = () =>
  createGuard({ settings: () => Settings.parse({}), person: { home: '/home/ada', user: 'ada' } });

needs(['Xvfb', 'openbox', 'xdotool', 'xclip'], 'the clipboard of a live X11 desktop', () => {
  setUp();

  it('asks the owner of a marked entry for nothing but its targets, whatever else it offers', async () => {
    const bytes = Buffer.from('a secret');
    const owner = await ownSelection(display, {
      UTF8_STRING: { how: 'whole', bytes },
      'image/png': { how: 'whole', bytes },
      'text/uri-list': { how: 'whole', bytes },
      'x-kde-passwordManagerHint': { how: 'whole', bytes: Buffer.from('secret') },
    });
    await start(realGuard());
    owner.copy();
    const dropped = await until('the drop', () => of('dropped')[0]);
    expect(dropped.data).toEqual({ source: 'clipboard', reason: 'marked clipboard entry', count: 1 });
    expect(owner.requested()).toEqual(['TARGETS']);
    expect(read).toEqual([]);
    owner.close();
  });

  it('drops a custom target of xclip that wraps a mark', async () => {
    await start(realGuard());
    await copy('secret', '-t', 'text/x-kde-passwordManagerHint');
    await until('the drop', () => of('dropped')[0]);
    expect(read).toEqual([]);
  });

  it('takes back what was kept when its owner sets the clipboard to nobody, not when it exits', async () => {
    await start();
    const offered = { UTF8_STRING: { how: 'whole', bytes: Buffer.from('for a moment') } } as const;
    const first = await ownSelection(display, offered);
    first.copy();
    const kept = await until('the copy', () => of('clipboard')[0]);
    expect(kept.data.text).toBe('for a moment');
    first.clear();
    const taken = await until('the retraction', () => of('retracted')[0]);
    expect(taken.data).toEqual({ event: kept.id, source: 'clipboard', reason: 'cleared by its owner' });
    first.copy();
    await until('a second copy', () => of('clipboard').length === 2);
    first.close();
    // Once the next copy is told, the exit before it was told as well.
    await copy('something after it');
    await until('the next copy', () => of('clipboard').length === 3);
    expect(of('retracted')).toHaveLength(1);
  });

  it('reads content in pieces, and counts what is not UTF-8 as text all the same', async () => {
    await start();
    const text = 'wörter und mehr '.repeat(20_000);
    const owner = await ownSelection(display, {
      UTF8_STRING: { how: 'pieces', bytes: Buffer.from(text), piece: 10_001 },
    });
    owner.copy();
    const { data } = await until('the copy', () => of('clipboard')[0]);
    expect(data).toMatchObject({ content: 'text', size: text.length, words: 60_000 });
    owner.close();
    await copy(Buffer.from([0x61, 0xff, 0xfe, 0x20, 0x62, 0xc3, 0x00, 0x63]));
    const odd = await until('the odd copy', () => of('clipboard')[1]);
    expect(odd.data).toEqual({ content: 'text', size: 8, words: 2, text: 'a\ufffd\ufffd b\ufffd\0c' });
  });

  it('counts files without a path, and sizes HTML and images', async () => {
    await start();
    const bytes = Buffer.from('file:///home/ada/one\r\nfile:///home/ada/two\r\n');
    const files = await ownSelection(display, {
      'text/uri-list': { how: 'whole', bytes },
      UTF8_STRING: { how: 'whole', bytes },
    });
    files.copy();
    await until('the files', () => of('clipboard').length === 1);
    await copy('<b>bold</b>', '-t', 'text/html');
    await until('the page', () => of('clipboard').length === 2);
    await copy(Buffer.alloc(700_000, 7), '-t', 'image/png');
    await until('the image', () => of('clipboard').length === 3);
    expect(of('clipboard').map((each) => each.data)).toEqual([
      { content: 'files', size: bytes.length, count: 2 },
      { content: 'other', size: 11 },
      { content: 'image', size: expect.toSatisfy((size: number) => size > 0) },
    ]);
    expect(JSON.stringify(events.map(({ data }) => data))).not.toMatch(/ada|one|two|bold/);
    files.close();
  });

  it('outlives owners that never answer or die in the middle', async () => {
    const monitor = await start();
    const bytes = Buffer.alloc(600_000, 0x61);
    const dying = await ownSelection(display, { UTF8_STRING: { how: 'dies', bytes, piece: 50_000 } });
    dying.copy();
    await until('the torn copy', () => of('clipboard').length === 1);
    const mute = await ownSelection(display, { UTF8_STRING: { how: 'silent' } });
    mute.copy();
    await until('the copy of a mute owner', () => of('clipboard').length === 2);
    const dumb = await ownSelection(display, { TARGETS: { how: 'silent' } });
    dumb.copy();
    await until('the copy of an owner that says not even what it has', () => of('clipboard').length === 3);
    expect(of('clipboard').map((each) => each.data)).toEqual([
      { content: 'text', size: 0 },
      { content: 'text', size: 0 },
      { content: 'other', size: 0 },
    ]);
    await copy('and goes on');
    await until('the next copy', () => of('clipboard').some((each) => each.data.text === 'and goes on'));
    expect(monitor.health().state).toBe('healthy');
    mute.close();
    dumb.close();
  });

  it('holds no large copy: ten million characters in a process of their own, of which the bench is the long form', async () => {
    const cost = await clipboardBench('ours', 'prose', 10_000_000, display.env, (text) => copy(text));
    expect(cost.payload).toBe(10_000_000);
    // TARGETS.md L3; measured 1.7.
    expect(cost.peak).toBeLessThanOrEqual(3 * cost.payload);
  });

  it('loses none of a thousand quick copies: the newest is read, the others are kept or counted', async () => {
    await start();
    const owners = await Promise.all(
      Array.from({ length: 4 }, (_, index) =>
        ownSelection(display, {
          UTF8_STRING: { how: 'whole', bytes: Buffer.from(`owner ${index} was here`) },
        }),
      ),
    );
    for (let turn = 0; turn < 250; turn++) for (const owner of owners) owner.copy();
    const counted = () =>
      of('clipboard').length + of('dropped').reduce((sum, each) => sum + each.data.count, 0);
    await until('the last copy', () => of('clipboard').some((each) => each.data.text), 20_000);
    await copy('the very last');
    await until('the very last', () => of('clipboard').some((each) => each.data.text === 'the very last'));
    // Copies of one owner in the same millisecond are one, and equal copies so soon are one.
    expect(counted()).toBeLessThanOrEqual(1001);
    expect(counted()).toBeGreaterThanOrEqual(2);
    for (const owner of owners) owner.close();
  });
});

needs(['Xvfb', 'openbox', 'xdotool', 'xclip', 'keepassxc'], 'the clipboard beside KeePassXC itself', () => {
  setUp();
  const PASSWORD = 'correct horse of this test';
  let folder: string;
  let database: string;
  /** Runs keepassxc-cli with answers to its questions. */
  const cli = (args: readonly string[], answers: readonly string[]) =>
    display.call('keepassxc-cli', args, answers.map((each) => `${each}\n`).join(''));

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'keepass-'));
    database = join(folder, 'one.kdbx');
    await cli(['db-create', '-q', '-p', database], [PASSWORD, PASSWORD]);
    await cli(['add', '-q', '-p', '-u', 'ada', database, 'shop'], [PASSWORD, 'of the shop', 'of the shop']);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('drops what its window copies before anything is read: user name and password are marked alike', async () => {
    await start(realGuard());
    // Its own settings: ask nothing at the first start.
    writeFileSync(
      join(folder, 'keepassxc.ini'),
      '[GUI]\nCheckForUpdates=false\nCheckForUpdatesIncludeBetas=false\n',
    );
    const child = spawn('keepassxc', ['--config', join(folder, 'keepassxc.ini'), '--pw-stdin', database], {
      env: { ...display.env, QT_QPA_PLATFORM: 'xcb' },
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    try {
      child.stdin.end(`${PASSWORD}\n`);
      await until(
        'the open database',
        () =>
          display.call('xdotool', ['getactivewindow', 'getwindowname']).then(
            (name) => /^one\.kdbx.*KeePassXC/.test(name) && !name.includes('[Locked]'),
            () => false,
          ),
        30_000,
      );
      const drops = () => of('dropped').length;
      // Asked until it is done: a window that is up may not take keys yet.
      for (const [copies, keys] of [
        [1, 'ctrl+c'],
        [2, 'ctrl+b'],
      ] as const) {
        await until(
          keys,
          async () => {
            if (drops() < copies) await display.call('xdotool', ['key', 'Down', keys]);
            return drops() >= copies;
          },
          20_000,
          500,
        );
      }
      expect(events.every((each) => each.kind === 'dropped')).toBe(true);
      expect(new Set(of('dropped').map((each) => each.data.reason))).toEqual(
        new Set(['marked clipboard entry']),
      );
      expect(read).toEqual([]);
    } finally {
      child.kill('SIGKILL');
    }
  });

  it('takes back what keepassxc-cli put there unmarked, once that clears it', async () => {
    await start();
    const clip = cli(['clip', '-q', database, 'shop', '1'], [PASSWORD]);
    const kept = await until('the copy', () => of('clipboard')[0], 20_000);
    expect(kept.data.text).toBe('of the shop');
    const taken = await until('the retraction', () => of('retracted')[0], 20_000);
    expect(taken.data).toMatchObject({ event: kept.id, reason: 'cleared by its owner' });
    await clip;
    expect(of('clipboard')).toHaveLength(1);
  });
});
