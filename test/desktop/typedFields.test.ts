import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { plainPages } from '../log/plain.ts';
import { openLog } from '../../src/log/open.ts';
import type { Event } from '../../src/model/event.ts';
import type { EventLog } from '../../src/model/log.ts';
import { systemClock } from '../../src/model/ports.ts';
import { Settings } from '../../src/model/settings.ts';
import { createMonitors } from '../../src/monitors/monitors.ts';
import { createObserver } from '../../src/observations/window.ts';
import { createNodeSpawn } from '../../src/ports/spawn.ts';
import type { Paths } from '../../src/paths.ts';
import { createGuard } from '../../src/privacy/privacy.ts';
import { ownPaths, openKeyring } from '../log/folder.ts';
import { needs, program } from '../needs.ts';
import { ended, startBus, type PrivateBus } from '../ports/bus.ts';
import { until } from '../until.ts';
import { startDisplay, type Display } from './display.ts';

const LONG = 30_000;

needs(
  ['Xvfb', 'openbox', 'xdotool', 'zenity', 'xterm', 'python3', 'dbus-daemon', 'at-spi-bus-launcher'],
  'typed text of chosen apps, with the fields that accessibility tells',
  () => {
    const runtime = mkdtempSync(join(tmpdir(), 'typedFields-'));
    let display: Display;
    let bus: PrivateBus;
    let env: NodeJS.ProcessEnv;
    let launcher: ChildProcess;
    let paths: Paths;
    let keyring: ReturnType<typeof openKeyring>;
    let log: EventLog;
    let events: Event[];
    let close: () => Promise<void>;
    let focused: () => { readonly field?: string; readonly title?: string };

    beforeAll(async () => {
      display = await startDisplay();
      bus = await startBus({ env: { ...display.env, XDG_RUNTIME_DIR: runtime } });
      env = { ...display.env, XDG_RUNTIME_DIR: runtime, DBUS_SESSION_BUS_ADDRESS: bus.address };
      delete env['NO_AT_BRIDGE'];
      launcher = spawn(program('at-spi-bus-launcher')!, ['--launch-immediately'], {
        env: { ...env, GSETTINGS_BACKEND: 'memory' },
        stdio: 'ignore',
      });
    }, 60_000);
    afterAll(async () => {
      await ended(launcher);
      await bus.stop();
      await display.stop();
      rmSync(runtime, { recursive: true, force: true });
    });

    beforeEach(async () => {
      events = [];
      paths = ownPaths();
      keyring = openKeyring();
      ({ log } = await openLog({ paths, clock: systemClock, keyring, batchMs: 1 }));
      const settings = Settings.parse({
        typedApps: ['zenity', 'xterm', 'chosen'],
        accessibility: true,
        sources: { window: true, keyboard: true, clipboard: false, files: false, idle: false },
      });
      const { monitors, focus } = createMonitors({
        guard: createGuard({ settings: () => settings, person: {} }),
        clock: systemClock,
        spawn: createNodeSpawn({ env }),
        settings,
        platform: 'linux',
        env,
        home: runtime,
      });
      focused = focus;
      const observer = createObserver();
      const writes: Promise<void>[] = [];
      const stops = await Promise.all(
        monitors.map((monitor) =>
          monitor.start((event) => {
            events.push(event);
            const seen = observer.observe(event);
            if (event.kind !== 'retracted') writes.push(log.append([event]));
            if (seen) writes.push(log.observe([seen.observation]));
          }),
        ),
      );
      close = async () => {
        await Promise.all(stops.map((stop) => stop()));
        await Promise.all(writes);
        await log.close();
      };
      return () => close();
    });

    const texts = () =>
      events.flatMap((each) => (each.kind === 'keyboard' && each.data.text ? [each.data.text] : []));
    const counted = () =>
      events.reduce((sum, each) => (each.kind === 'keyboard' ? sum + each.data.keys : sum), 0);
    const key = (...names: string[]) => display.call('xdotool', ['key', '--delay', '15', ...names]);
    const type = (text: string) => display.call('xdotool', ['type', '--delay', '15', text]);
    const run = (command: string, ...args: string[]) => {
      const child = spawn(command, args, { env, stdio: 'ignore' });
      return async () => {
        await ended(child);
      };
    };
    const field = (title: string, kind: string | undefined) =>
      until(
        `${title} with ${kind}`,
        () => focused().title?.startsWith(title) && focused().field === kind,
        LONG,
      ).catch((thrown: unknown) => {
        throw new Error(`${String(thrown)}: ${JSON.stringify(focused())}`);
      });
    /** Ends the monitors and gives every byte of the log, decrypted: free pages and the full-text index too. */
    const bytes = async () => {
      await close();
      return plainPages(paths.log, keyring.secret ?? '').toString('latin1') + JSON.stringify(events);
    };
    const quiet = async () => {
      await key('Return');
      const before = events.length;
      await until('the counts', () => events.length > before, LONG);
    };

    it('keeps a line of an entry, and no character of a password prompt', async () => {
      const entry = run('zenity', '--entry', '--title', 'Your note');
      await field('Your note', 'text');
      await type('please call jane doe tomorrow morning ');
      await until('the line', () => texts().join(' ').includes('please call jane doe'), LONG);
      await entry();

      const prompt = run('zenity', '--password', '--title', 'Your word');
      await field('Your word', 'password');
      await type('correcthorsebattery');
      await until(
        'the dropped burst',
        () => events.find((each) => each.kind === 'dropped' && each.data.reason === 'password field'),
        LONG,
      );
      await prompt();
      const all = await bytes();
      expect(all).toContain('please call jane doe tomorrow');
      expect(all).not.toMatch(/recth|orse|batt/);
    });

    it('keeps no character of a password line in the window of a text field, however soon it is typed', async () => {
      const window = run('/usr/bin/python3', join(import.meta.dirname, 'field.py'), '/dev/null', 'chosen');
      await field('chosen window', 'text');
      await type('dear all, the meeting begins at noon');
      await key('Return');
      await until('the line', () => texts().includes('dear all, the meeting begins at noon'), LONG);
      // The text field keeps Tab for itself no more, the line is next, then the password line: no pause at all.
      await key('Tab', 'Tab');
      await type('xyzzyplugh7');
      await field('chosen window', 'password');
      await key('Tab');
      await field('chosen window', 'text');
      await type('see you there');
      await key('Return');
      await until('the second line', () => texts().includes('see you there'), LONG);
      await window();
      const all = await bytes();
      expect(all).toContain('the meeting begins at noon');
      expect(all).not.toMatch(/xyz|zzy|plu|lugh/);
    });

    it('keeps no character of a password line that shows what is typed, nor counts its keys', async () => {
      const window = run('/usr/bin/python3', join(import.meta.dirname, 'field.py'), '/dev/null', 'chosen');
      await field('chosen window', 'text');
      await key('Tab', 'Tab');
      await field('chosen window', 'password');
      // Its role is a text field's from now on.
      await key('F9', 'Tab');
      await field('chosen window', 'text');
      await key('shift+Tab');
      await field('chosen window', 'password');
      const before = counted();
      await type('violet rivers over mountains ');
      await until(
        'the dropped burst',
        () => events.some((each) => each.kind === 'dropped' && each.data.reason === 'password field'),
        LONG,
      );
      await key('Tab');
      await field('chosen window', 'text');
      await window();
      const all = await bytes();
      expect(counted() - before).toBeLessThan(10);
      expect(all).not.toMatch(/violet|rivers|mountains/);
    });

    it('keeps no character of a terminal, though it was chosen', async () => {
      const terminal = run('xterm', '-T', 'a shell', '-e', 'cat');
      await until('the terminal', () => focused().title === 'a shell', LONG);
      await type('sudo hunterhunter ');
      await quiet();
      await terminal();
      const all = await bytes();
      expect(counted()).toBeGreaterThan(10);
      expect(all).not.toMatch(/sudo|hunter/);
    });

    it('keeps no character of an app that was not chosen', async () => {
      const window = run('/usr/bin/python3', join(import.meta.dirname, 'field.py'), '/dev/null', 'diary');
      await field('diary window', 'text');
      await type('nobody needs to know');
      await quiet();
      await window();
      const all = await bytes();
      expect(counted()).toBeGreaterThan(10);
      expect(all).not.toMatch(/nobody|needs|know/);
    });
  },
);
