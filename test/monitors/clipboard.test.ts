import { describe, expect, it, onTestFinished } from 'vitest';
import type { Event } from '../../src/model/event.ts';
import type { ClipboardPort } from '../../src/model/ports.ts';
import { Settings } from '../../src/model/settings.ts';
import {
  createClipboardMonitor,
  type ClipboardAdapter,
  type ClipboardListener,
  type ClipboardMemory,
} from '../../src/monitors/clipboard.ts';
import type { Copied } from '../../src/monitors/copied.ts';
import { createFocusTracker, type Focus } from '../../src/monitors/focus.ts';
import { createLentClipboard } from '../../src/monitors/lent.ts';
import { createChanges } from '../../src/monitors/linux/changes.ts';
import { createListMeter, createTextMeter } from '../../src/monitors/linux/textMeter.ts';
import { createGuard } from '../../src/privacy/privacy.ts';
import { until } from '../until.ts';

const EDITOR: Focus = { app: 'code', title: 'main.ts - shop', own: false, window: 1 };

/** The monitor with the real Guard, a clock that is told, and a focus that is told. */
async function watch(adapter: ClipboardAdapter, memory?: ClipboardMemory) {
  let now = 1_000_000;
  const events: Event[] = [];
  let focus: (to: Focus) => void = () => {};
  const tracker = createFocusTracker({
    async open(listener) {
      focus = (to) => listener.changed(to);
      focus(EDITOR);
      return async () => {};
    },
  });
  const monitor = createClipboardMonitor({
    adapter,
    guard: createGuard({ settings: () => Settings.parse({}), person: { home: '/home/ada', user: 'ada' } }),
    clock: { now: () => now },
    focus: tracker,
    memory,
  });
  const stop = await monitor.start((event) => events.push(event));
  onTestFinished(stop);
  return {
    events,
    kinds: () => events.map((each) => each.kind),
    focus: (to: Focus) => focus(to),
    pass: (ms: number) => void (now += ms),
  };
}

/** An adapter whose copies a test makes by hand; keeps the names of everything that was read. */
async function byHand(memory?: ClipboardMemory) {
  let listener!: ClipboardListener;
  const read: string[] = [];
  const watched = await watch(
    {
      async open(to) {
        listener = to;
        return async () => {};
      },
    },
    memory,
  );
  const copy = (targets: readonly string[] | null, text = '', extra: Partial<Copied> = {}) =>
    listener.copied({
      targets,
      async text(most) {
        read.push('text');
        const words = text.match(/\S+/g)?.length ?? 0;
        return { front: text.slice(0, most), size: text.length, words };
      },
      async bytes(target) {
        read.push(`bytes of ${target}`);
        return text.length;
      },
      ...extra,
    });
  return { ...watched, copy, read, cleared: () => listener.cleared(), left: () => listener.left() };
}

describe('a clipboard that is cleared while nobody watches', () => {
  it('takes back what was kept before, once watching goes on', async () => {
    const memory: ClipboardMemory = { held: null };
    const first = await byHand(memory);
    await first.copy(['UTF8_STRING'], 'violet rivers');
    const second = await byHand(memory);
    second.cleared();
    const [kept] = first.events;
    expect(second.events).toMatchObject([{ kind: 'retracted', data: { event: kept?.id } }]);
    second.cleared();
    expect(second.events).toHaveLength(1);
  });
});

describe('where something was copied', () => {
  const HIDDEN: Focus = { app: 'chromium', title: 'a page', own: false, window: 2, private: true };

  it('is where the focus was when it was announced, however late its owner answers', async () => {
    let listener!: ClipboardListener;
    const watched = await watch({
      async open(to) {
        listener = to;
        return async () => {};
      },
    });
    const answer = Promise.withResolvers<void>();
    const changes = createChanges<string>({
      listener,
      async copied() {
        await answer.promise;
        return {
          targets: ['UTF8_STRING'],
          text: async () => ({ front: 'violet rivers', size: 13, words: 2 }),
          bytes: async () => 13,
        };
      },
      same: () => false,
      lost: () => false,
    });
    watched.focus(HIDDEN);
    changes.copy('a copy');
    watched.focus(EDITOR);
    answer.resolve();
    await until('the dropped copy', () => watched.kinds().includes('dropped'));
    expect(JSON.stringify(watched.events)).not.toContain('violet');
    await changes.stop();
  });

  it('is also where the focus turns out to be while it is read', async () => {
    const { copy, events, focus } = await byHand();
    await copy(['UTF8_STRING'], '', {
      async text() {
        focus(HIDDEN);
        return { front: 'violet rivers', size: 13, words: 2 };
      },
    });
    expect(events.map(({ kind }) => kind)).toEqual(['dropped']);
    expect(JSON.stringify(events)).not.toContain('violet');
  });

  it('does not matter to a mark that comes a moment late: what was kept before it is taken back', async () => {
    const { copy, events, pass } = await byHand();
    await copy(['UTF8_STRING'], 'violet rivers');
    pass(20);
    await copy(['UTF8_STRING', 'x-kde-passwordManagerHint'], 'violet rivers');
    expect(events.map(({ kind }) => kind).toSorted()).toEqual(['clipboard', 'dropped', 'retracted']);
    const [first] = events;
    expect(events.find(({ kind }) => kind === 'retracted')).toMatchObject({ data: { event: first?.id } });
    pass(5000);
    await copy(['UTF8_STRING'], 'something else');
    pass(5000);
    await copy(['UTF8_STRING', 'x-kde-passwordManagerHint'], 'a secret');
    expect(events.filter(({ kind }) => kind === 'retracted')).toHaveLength(1);
  });
});

/** Every way a program says "not for clipboard monitors", as the platform's toolkits spell it. */
const MARKED: Readonly<Record<string, readonly (readonly string[])[]>> = {
  linux: [
    ['TARGETS', 'UTF8_STRING', 'x-kde-passwordManagerHint'],
    ['text/plain;charset=utf-8', 'X-KDE-PASSWORDMANAGERHINT'],
    ['text/plain', 'text/x-kde-passwordManagerHint'],
    ['text/plain', 'electron application/osclipboard;format="x-kde-passwordManagerHint"'],
    ['text/plain', 'application/x-qt-windows-mime;value="Clipboard Viewer Ignore"'],
    ['text/plain', 'application/x-nspasteboard-concealed-type'],
    ['text/plain', 'application/x-copyq-secret'],
    ['text/uri-list', 'x-kde-passwordManagerHint'],
    ['image/png', 'x-kde-passwordManagerHint'],
  ],
  darwin: [
    ['public.utf8-plain-text', 'org.nspasteboard.ConcealedType'],
    ['public.utf8-plain-text', 'org.nspasteboard.TransientType'],
    ['public.utf8-plain-text', 'org.nspasteboard.AutoGeneratedType'],
    ['public.utf8-plain-text', 'com.agilebits.onepassword'],
    ['public.utf8-plain-text', 'de.petermaurer.TransientPasteboardType'],
    ['public.utf8-plain-text', 'com.typeit4me.clipping'],
    ['public.utf8-plain-text', 'Pasteboard generator type'],
    ['public.utf8-plain-text', 'net.antelle.keeweb'],
    ['public.file-url', 'org.nspasteboard.ConcealedType'],
  ],
  win32: [
    ['CF_UNICODETEXT', 'ExcludeClipboardContentFromMonitorProcessing'],
    ['CF_UNICODETEXT', 'CanIncludeInClipboardHistory'],
    ['CF_UNICODETEXT', 'CanUploadToCloudClipboard'],
    ['CF_UNICODETEXT', 'Clipboard Viewer Ignore'],
    ['CF_HDROP', 'ExcludeClipboardContentFromMonitorProcessing'],
  ],
};

/** A host's clipboard (not run on its platform): keeps the names of everything that was read. */
function port(flag?: (format: string) => number | null) {
  let changes = 0;
  let now: readonly string[] = [];
  const read: string[] = [];
  const lent: ClipboardPort = {
    changes: async () => changes,
    formats: async () => now,
    async text() {
      read.push('text');
      return 'a secret of the owner';
    },
    async bytes(format) {
      read.push(`bytes of ${format}`);
      return 21;
    },
    ...(flag && {
      async flag(format: string) {
        read.push(`flag ${format}`);
        return flag(format);
      },
    }),
  };
  return {
    lent,
    read,
    copy(formats: readonly string[]) {
      now = formats;
      changes++;
    },
  };
}

describe('marked clipboard entries', () => {
  it.each(MARKED['linux']!.map((targets) => [targets]))(
    'drops %j before anything is read',
    async (targets) => {
      const { copy, events, read } = await byHand();
      await copy(targets, 'a secret of the owner');
      expect(events).toMatchObject([
        { kind: 'dropped', data: { reason: 'marked clipboard entry', count: 1 } },
      ]);
      expect(read).toEqual([]);
    },
  );

  for (const platform of ['darwin', 'win32'] as const) {
    it.each(MARKED[platform]!.map((targets) => [targets]))(
      `drops %j of ${platform} before anything is read (not run on this platform)`,
      async (formats) => {
        const { lent, read, copy } = port();
        const { events } = await watch(createLentClipboard(lent, 20));
        copy(formats);
        await until('the drop', () => events.length > 0);
        expect(events).toMatchObject([{ kind: 'dropped', data: { reason: 'marked clipboard entry' } }]);
        expect(read).toEqual([]);
      },
    );
  }

  it.each([
    [0, 'dropped'],
    [null, 'dropped'],
    [1, 'clipboard'],
  ] as const)('reads the flag of Windows: %s means %s (not run on this platform)', async (value, kind) => {
    const { lent, read, copy } = port(() => value);
    const { events } = await watch(createLentClipboard(lent, 20));
    copy(['CF_UNICODETEXT', 'CanIncludeInClipboardHistory', 'CanUploadToCloudClipboard']);
    await until('the answer', () => events.length > 0);
    expect(events[0]!.kind).toBe(kind);
    expect(read.filter((each) => !each.startsWith('flag'))).toEqual(kind === 'clipboard' ? ['text'] : []);
  });

  it('lets no flag outvote a mark, nor one flag the other (not run on this platform)', async () => {
    for (const formats of [
      ['CF_UNICODETEXT', 'CanIncludeInClipboardHistory', 'Clipboard Viewer Ignore'],
      ['CF_UNICODETEXT', 'CanIncludeInClipboardHistory', 'CanUploadToCloudClipboard'],
    ]) {
      const { lent, read, copy } = port((format) => (format === 'CanIncludeInClipboardHistory' ? 1 : 0));
      const { events } = await watch(createLentClipboard(lent, 20));
      copy(formats);
      await until('the drop', () => events.length > 0);
      expect(events[0]!.kind).toBe('dropped');
      expect(read.some((each) => !each.startsWith('flag'))).toBe(false);
    }
  });

  it('drops what a clipboard keeper offers again without the mark', async () => {
    const { copy, pass, kinds, read, left, events } = await byHand();
    await copy(['UTF8_STRING', 'x-kde-passwordManagerHint'], 'a secret');
    pass(800);
    await copy(['UTF8_STRING'], 'a secret');
    pass(60_000);
    left();
    pass(100);
    await copy(['UTF8_STRING'], 'a secret');
    expect(kinds()).toEqual(['dropped', 'dropped', 'dropped']);
    expect(events.map((each) => each.kind === 'dropped' && each.data.reason)).toEqual(
      Array(3).fill('marked clipboard entry'),
    );
    expect(read).toEqual([]);
    pass(60_000);
    await copy(['UTF8_STRING'], 'an answer');
    expect(kinds().at(-1)).toBe('clipboard');
  });
});

describe('a clipboard that is cleared', () => {
  const kept = async () => {
    const hand = await byHand();
    await hand.copy(['UTF8_STRING'], 'a word that was copied');
    expect(hand.kinds()).toEqual(['clipboard']);
    const id = hand.events[0]!.id;
    return { ...hand, retracted: { event: id, source: 'clipboard', reason: 'cleared by its owner' } };
  };

  it.each([
    ['the owner is set to nobody', async (hand: Awaited<ReturnType<typeof kept>>) => hand.cleared()],
    ['an empty text takes its place', async (hand) => hand.copy(['UTF8_STRING'], '')],
    ['an owner that offers nothing takes its place', async (hand) => hand.copy(['TARGETS', 'TIMESTAMP'])],
    [
      'an empty text takes its place while a protected window is in front',
      async (hand) => {
        hand.focus({ own: false, window: 2 });
        await hand.copy(['UTF8_STRING'], '');
      },
    ],
    [
      'its program ended, a keeper took it over and then was cleared',
      async (hand) => {
        hand.left();
        await hand.copy(['UTF8_STRING'], 'a word that was copied');
        hand.cleared();
      },
    ],
  ] satisfies [string, (hand: Awaited<ReturnType<typeof kept>>) => Promise<void> | void][])(
    'takes back what was kept when %s',
    async (_, clear) => {
      const hand = await kept();
      hand.pass(45_000);
      await clear(hand);
      expect(hand.events.slice(1)).toMatchObject([{ kind: 'retracted', data: hand.retracted }]);
      hand.focus(EDITOR);
      hand.cleared();
      await hand.copy(['UTF8_STRING'], '');
      expect(hand.events).toHaveLength(2);
    },
  );

  it('takes nothing back when its program just ended, when it is late, or when something else was copied', async () => {
    const gone = await kept();
    gone.left();
    const late = await kept();
    late.pass(7 * 60_000);
    late.cleared();
    const other = await kept();
    other.focus({ app: 'KeePassXC', title: 'KeePassXC', own: false, window: 3 });
    other.pass(5000);
    await other.copy(['UTF8_STRING', 'x-kde-passwordManagerHint'], 'secret');
    other.cleared();
    for (const { kinds } of [gone, late, other]) expect(kinds()).not.toContain('retracted');
  });
});

describe('content of the clipboard', () => {
  it('counts files and keeps no path', async () => {
    const { copy, events, read } = await byHand();
    const list = '# a comment: none\r\nfile:///home/ada/one%20two\r\nfile:///home/ada/three\r\n';
    const entries = async () => {
      const meter = createListMeter();
      for (const byte of Buffer.from(list)) meter.take(Uint8Array.of(byte));
      return meter.end();
    };
    await copy(['text/uri-list', 'UTF8_STRING'], list, { entries });
    expect(events).toMatchObject([{ data: { content: 'files', size: list.length, count: 2 } }]);
    expect(JSON.stringify(events)).not.toMatch(/ada|one|three/);
    expect(read).toEqual([]);
  });

  it('knows GNOME lists with a verb in front, and empty ones', () => {
    const count = (list: string) => {
      const meter = createListMeter();
      meter.take(Buffer.from(list));
      return meter.end().count;
    };
    expect(count('copy\nfile:///a\nfile:///b:c')).toBe(2);
    expect(count('cut\n')).toBe(0);
    expect(count('')).toBe(0);
  });

  it('keeps type and size of images and of marked-up text alone', async () => {
    const { copy, events, read } = await byHand();
    await copy(['image/png'], 'x'.repeat(300));
    await copy(['text/html'], '<b>sixteen</b> !');
    await copy(['application/opaque'], 'what');
    await copy(null);
    expect(events.map((each) => each.kind === 'clipboard' && each.data)).toEqual([
      { content: 'image', size: 300 },
      { content: 'other', size: 16 },
      { content: 'other', size: 0 },
      { content: 'other', size: 0 },
    ]);
    expect(read).toEqual(['bytes of image/png', 'bytes of text/html']);
  });

  it('counts the same words and characters however the text is cut, invalid bytes included', () => {
    const text = 'wörd\u3000日本語  a\u00a0b \n x';
    for (const bytes of [Buffer.from(text), Buffer.from([0x61, 0xff, 0xc3, 0x20, 0xe2, 0x82])]) {
      const whole = createTextMeter(5, 'utf-8');
      whole.take(bytes);
      const pieces = createTextMeter(5, 'utf-8');
      for (const byte of bytes) pieces.take(Uint8Array.of(byte));
      const string = bytes.toString();
      const expected = {
        front: string.slice(0, 5),
        size: string.length,
        words: string.match(/\S+/g)!.length,
      };
      expect(whole.end()).toEqual(expected);
      expect(pieces.end()).toEqual(expected);
    }
  });
});

describe('many copies at once', () => {
  it('hands on the newest, and counts what was replaced before it was read', async () => {
    const seen: (string | null)[] = [];
    let missed = 0;
    const { promise: held, resolve: go } = Promise.withResolvers<void>();
    const changes = createChanges<{ owner: number; time: number }>({
      listener: {
        async copied(copied) {
          seen.push(copied.targets?.[0] ?? null);
          if (seen.length === 1) await held;
        },
        cleared: () => seen.push('cleared'),
        left: () => seen.push('left'),
        missed: (count) => void (missed += count),
      },
      copied: async ({ time }, superseded) => ({
        targets: superseded() ? null : [String(time)],
        text: async () => null,
        bytes: async () => null,
      }),
      same: (one, other) => one.owner === other.owner && one.time === other.time,
      lost: (one, other) => one.owner === other.owner,
    });
    changes.copy({ owner: 1, time: 0 });
    for (let time = 1; time <= 1000; time++) changes.copy({ owner: 2, time });
    changes.copy({ owner: 2, time: 1000 });
    go();
    await until('the newest', () => seen.length >= 2);
    expect(seen).toEqual(['0', '1000']);
    await until('the count', () => missed === 999);
    changes.cleared();
    changes.left();
    await until('what followed', () => seen.includes('left'));
    await changes.stop();
    changes.copy({ owner: 3, time: 1 });
    expect(seen.slice(2)).toEqual(['cleared', 'left']);
  });
});
