import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Event } from '../../src/model/event.ts';
import { systemClock } from '../../src/model/ports.ts';
import { Settings } from '../../src/model/settings.ts';
import { createFocusTracker, type Focus, type FocusTracker } from '../../src/monitors/focus.ts';
import { createKeyboardMonitor } from '../../src/monitors/keyboard.ts';
import { connectX } from '../../src/monitors/linux/connection.ts';
import { createX11Keys } from '../../src/monitors/linux/keys.ts';
import { createX11Window } from '../../src/monitors/linux/window.ts';
import { createGuard } from '../../src/privacy/privacy.ts';
import { needs } from '../needs.ts';
import { until } from '../until.ts';
import { startDisplay, type Display } from './display.ts';

/** Long enough for a loaded machine, in milliseconds. */
const LONG = 30_000;

/** The field that has the focus is a text field, as the accessibility bus would say; its own test tells whether it does. */
function knownAsText(tracker: FocusTracker): FocusTracker {
  const known = (focus: Focus): Focus => ({ ...focus, field: 'text', private: false });
  return {
    current: () => known(tracker.current()),
    open: (listener) => tracker.open({ ...listener, changed: (focus) => listener.changed(known(focus)) }),
  };
}

/** A server of X input methods, as far as anybody can see that one runs. */
async function inputMethod(display: Display): Promise<{ end(): void }> {
  const link = await connectX('test', display.env, () => {});
  const { X, root } = link;
  const [server, SERVERS, ATOM] = await link.atoms(['@server=pinyin', 'XIM_SERVERS', 'ATOM']);
  const window = X.AllocID();
  X.CreateWindow(window, root, 0, 0, 1, 1, 0, 0, 0, 0, { eventMask: 0 });
  X.SetSelectionOwner(window, server, 0);
  const list = Buffer.alloc(4);
  list.writeUInt32LE(server);
  X.ChangeProperty(0, root, SERVERS, ATOM, 32, list);
  await link.property(root, SERVERS);
  return {
    // Its name stays in the list, as it does when one is killed.
    end: () => void link.close(),
  };
}

needs(['Xvfb', 'openbox', 'xdotool', 'setxkbmap', 'python3'], 'typed text on a live X11 desktop', () => {
  let display: Display;
  let home: string;
  let file: string;
  let events: Event[];
  beforeAll(async () => {
    display = await startDisplay();
    home = mkdtempSync(join(tmpdir(), 'typed-'));
    file = join(home, 'field');
  });
  afterAll(async () => {
    await display.stop();
    rmSync(home, { recursive: true, force: true });
  });

  const key = (...names: string[]) => display.call('xdotool', ['key', '--delay', '15', ...names]);
  const type = (text: string) => display.call('xdotool', ['type', '--delay', '15', text]);
  const shown = () => readFileSync(file, 'utf8');
  const texts = () =>
    events.flatMap((each) => (each.kind === 'keyboard' && each.data.text ? [each.data.text] : []));

  /** Opens the window, starts the monitor, and waits until a first line comes through. */
  const begin = async (name: string, typedApps: readonly string[]) => {
    writeFileSync(file, '');
    const child = display.run('/usr/bin/python3', [join(import.meta.dirname, 'field.py'), file, name]);
    await until(`the window ${name}`, () =>
      display.call('xdotool', ['getactivewindow', 'getwindowname']).then(
        (title) => title.trim() === `${name} window`,
        () => false,
      ),
    );
    const monitor = createKeyboardMonitor({
      adapter: createX11Keys(display.env),
      guard: createGuard({ settings: () => Settings.parse({ typedApps }) }),
      clock: systemClock,
      focus: knownAsText(createFocusTracker(createX11Window(display.env))),
      text: typedApps.length > 0,
    });
    const stop = await monitor.start((event) => events.push(event));
    return {
      monitor,
      async end() {
        await stop();
        child.kill('SIGKILL');
      },
    };
  };
  /** Types in the field, ends the line, and gives what stands there and what was kept. */
  const line = async (act: () => Promise<unknown>) => {
    const before = texts().length;
    await key('ctrl+a', 'BackSpace');
    await until('an empty field', () => shown() === '');
    await act();
    await key('Return');
    await until('the end of the line', () => shown().endsWith('\n'));
    await until('the kept line', () => texts().length > before, LONG);
    return { shown: shown().trim(), kept: texts().slice(before).join('\n') };
  };
  const layout = async (...args: string[]) => {
    await display.call('setxkbmap', args);
    // Its news travel by a connection of their own: keys before them are nobody's.
    await until('the new layout', async () => {
      const before = texts().length;
      await key('Return');
      await type('ready now');
      await key('Return');
      return until('a line', () => texts().length > before, 1500).catch(() => false);
    });
  };

  beforeEach(() => {
    events = [];
  });

  describe('what stands in a GTK text field is what is kept', () => {
    let run: Awaited<ReturnType<typeof begin>>;
    beforeEach(async () => {
      await display.call('setxkbmap', ['us']);
      run = await begin('letters', ['letters']);
      return () => run.end();
    });

    it('as typed and corrected', async () => {
      const plain = await line(() => type('The Meeting is at noon, bring "both" papers!'));
      expect(plain.kept).toBe(plain.shown);
      const corrected = await line(async () => {
        await type('helo wrold again');
        await key('ctrl+Left', 'Left', 'BackSpace', 'BackSpace', 'BackSpace', 'BackSpace');
        await type('orld');
        await key('Home', 'Right', 'Right', 'Right');
        await type('l');
        await key('End');
        await type(' and more');
      });
      expect(corrected).toEqual({ shown: 'hello world again and more', kept: 'hello world again and more' });
      const replaced = await line(async () => {
        await type('one two three');
        await key('ctrl+shift+Left');
        await type('four');
        await key('ctrl+BackSpace');
        await type('five');
      });
      expect(replaced).toEqual({ shown: 'one two five', kept: 'one two five' });
    });

    it('by the German layout, with umlauts, the third level, dead keys and Caps Lock', async () => {
      await layout('de');
      const umlauts = await line(() => type('Schöne Grüße, zwei Jahre später'));
      expect(umlauts).toEqual({
        shown: 'Schöne Grüße, zwei Jahre später',
        kept: 'Schöne Grüße, zwei Jahre später',
      });
      const others = await line(async () => {
        await type('ein Caf');
        await key('dead_acute', 'e');
        await type(' für ');
        await key('7', 'EuroSign', 'space', 'Caps_Lock', 'o', 'odiaeresis', 'k', 'Caps_Lock', 'space');
        await key('dead_acute', 'e', 'dead_circumflex', 'a', 't', 'e');
      });
      expect(others.kept).toBe(others.shown);
      expect(others.shown).toContain('7€ OÖK éâte');
    });

    it('by the group that is switched to', async () => {
      await layout('us,ru', '-option', 'grp:shifts_toggle');
      const both = await line(async () => {
        // It locks the group in which it finds the letters.
        await type('privet means ');
        await type('привет, Жук');
      });
      await display.call('setxkbmap', ['us', '-option', '']);
      expect(both).toEqual({ shown: 'privet means привет, Жук', kept: 'privet means привет, Жук' });
    });
  });

  it('reads nothing while an input method runs, says so, and reads again when it has gone', async () => {
    const run = await begin('letters', ['letters']);
    const method = await inputMethod(display);
    await until('the reason', () => run.monitor.health().reason?.includes('pinyin'), LONG);
    expect(run.monitor.health().state).toBe('healthy');
    await type('nihao shijie');
    await key('Return');
    await until('the field', () => shown().endsWith('\n'), LONG);
    await until('the counts', () => events.find((each) => each.kind === 'keyboard'), LONG);
    expect(texts()).toEqual([]);
    method.end();
    await until('no reason', () => run.monitor.health().reason === undefined, LONG);
    const after = await line(() => type('hello again'));
    expect(after).toEqual({ shown: 'hello again', kept: 'hello again' });
    await run.end();
    expect(JSON.stringify(events)).not.toMatch(/nihao|shijie/);
  });

  it('reads nothing of an app that was not chosen', async () => {
    const run = await begin('diary', ['letters']);
    await type('nobody may know this');
    await key('Return');
    await until('the field', () => shown().endsWith('\n'), LONG);
    await until('the counts', () => events.find((each) => each.kind === 'keyboard'), LONG);
    await run.end();
    expect(texts()).toEqual([]);
    expect(JSON.stringify(events)).not.toMatch(/nobody|know/);
  });
});
