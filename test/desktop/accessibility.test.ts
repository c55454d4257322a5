import { spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { Event } from '../../src/model/event.ts';
import type { Monitor, Stop } from '../../src/model/monitor.ts';
import { systemClock } from '../../src/model/ports.ts';
import { Settings } from '../../src/model/settings.ts';
import { withAccessibility } from '../../src/monitors/accessible.ts';
import { createClipboardMonitor } from '../../src/monitors/clipboard.ts';
import { contextOf, createFocusTracker, type FocusTracker } from '../../src/monitors/focus.ts';
import { createAtspi } from '../../src/monitors/linux/accessibility.ts';
import { createX11Clipboard } from '../../src/monitors/linux/clipboard.ts';
import { createX11Window } from '../../src/monitors/linux/window.ts';
import { createWindowMonitor } from '../../src/monitors/window.ts';
import { createGuard } from '../../src/privacy/privacy.ts';
import { needs } from '../needs.ts';
import { ended } from '../ports/bus.ts';
import { until } from '../until.ts';
import { type AccessibleSession, startAccessible } from './accessible.ts';
import { cli, startCore, writeSettings } from './core.ts';
import { startDisplay, type Display } from './display.ts';

const PAGE = `<input id=user autofocus><input id=code type=password><textarea id=notes></textarea>`;
/** Long enough for a loaded machine. */
const LONG = 30_000;

needs(
  [
    'Xvfb',
    'openbox',
    'xdotool',
    'xclip',
    'xterm',
    'zenity',
    'chromium',
    'dbus-daemon',
    'at-spi-bus-launcher',
  ],
  'what accessibility tells on a live desktop',
  () => {
    let display: Display;
    let session: AccessibleSession;
    let env: NodeJS.ProcessEnv;
    let site: Server;
    let tracker: FocusTracker;
    let window: Monitor;
    let events: Event[];
    let stops: Stop[];
    let settings: Settings;

    const run = (command: string, args: readonly string[]) => {
      const child = spawn(command, args, { env, stdio: 'ignore' });
      stops.push(async () => ended(child));
      return child;
    };

    beforeAll(async () => {
      display = await startDisplay();
      session = await startAccessible(display);
      env = session.env;
      site = createServer((request, response) => {
        const name = decodeURIComponent((request.url ?? '/').slice(1));
        response.setHeader('content-type', 'text/html').end(`<!doctype html><title>${name}</title>${PAGE}`);
      });
      await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve));
    }, 60_000);
    afterAll(async () => {
      site?.close();
      await session?.stop();
      await display?.stop();
    });

    beforeEach(async () => {
      events = [];
      stops = [];
      settings = Settings.parse({ typedApps: ['zenity', 'xterm', 'chromium'] });
      const guard = createGuard({ settings: () => settings, person: { home: '/home/ada', user: 'ada' } });
      tracker = createFocusTracker(
        withAccessibility(
          createX11Window(env),
          createAtspi({ env, enable: true, typed: () => true, again: { first: 200, limit: 1000 } }),
        ),
      );
      window = createWindowMonitor({ adapter: tracker, guard, clock: systemClock });
      const clipboard = createClipboardMonitor({
        adapter: createX11Clipboard(env),
        guard,
        clock: systemClock,
        focus: tracker,
      });
      for (const monitor of [window, clipboard]) {
        stops.push(await monitor.start((event) => events.push(event)));
      }
      typed = () => guard.before(contextOf(tracker.current(), 'keyboard')).allow;
      return async () => {
        await Promise.allSettled(stops.toReversed().map((stop) => stop()));
      };
    });
    /** What the Guard lets the keyboard keep where the focus is now. */
    let typed: () => string;

    const focus = (what: string, holds: (focus: ReturnType<FocusTracker['current']>) => boolean) =>
      until(what, () => !tracker.current().pending && holds(tracker.current()), LONG).catch(
        (thrown: unknown) => {
          throw new Error(`${String(thrown)}: ${JSON.stringify(tracker.current())}`);
        },
      );
    const key = (...keys: string[]) => display.call('xdotool', ['key', '--clearmodifiers', ...keys]);

    it('tells entries, password prompts and terminals apart', async () => {
      const entry = run('zenity', ['--entry', '--title', 'Your name']);
      await focus('a text field', (now) => now.title === 'Your name' && now.field === 'text');
      expect(typed()).toBe('content');
      await ended(entry);

      const password = run('zenity', ['--password', '--title', 'Your word']);
      await focus('a password field', (now) => now.title === 'Your word' && now.field === 'password');
      expect(typed()).toBe('nothing');
      await display.call('xclip', ['-selection', 'clipboard'], 'copied in a prompt');
      const dropped = await until('the copy to be dropped', () =>
        events.find((each) => each.kind === 'dropped' && each.data.reason === 'password field'),
      );
      expect(dropped.data).toMatchObject({ source: 'clipboard', count: 1 });
      // A button of the same prompt is no field at all, and the field is one again.
      await key('Tab');
      await focus('a button', (now) => now.field === 'other');
      expect(typed()).toBe('counts');
      await key('shift+Tab');
      await focus('the field again', (now) => now.field === 'password');
      await ended(password);

      run('xterm', ['-T', 'a shell']);
      await focus('the terminal', (now) => now.title === 'a shell');
      expect(typed()).toBe('counts');
      expect(JSON.stringify(events)).not.toContain('copied in a prompt');
    });

    it('keeps the pages of a Chromium window, and no character of an Incognito window opened from it', async () => {
      const at = (name: string) => `http://127.0.0.1:${(site.address() as AddressInfo).port}/${name}`;
      const profile = mkdtempSync(join(session.folder, 'profile-'));
      run('chromium', [
        '--no-sandbox',
        '--disable-gpu',
        '--no-first-run',
        '--no-default-browser-check',
        '--disable-sync',
        '--disable-background-networking',
        '--disable-component-update',
        '--password-store=basic',
        `--user-data-dir=${profile}`,
        '--window-size=800,600',
        at('bread%20recipes'),
      ]);
      const titled = (title: string) => (now: ReturnType<FocusTracker['current']>) =>
        now.title?.startsWith(title) ?? false;
      // On a very busy machine the first load of a fresh Chromium sometimes stays at "Untitled", whoever listens.
      const stuck = setInterval(() => {
        if (tracker.current().title?.startsWith('Untitled')) void key('F5').catch(() => {});
      }, 4000);
      stops.push(async () => clearInterval(stuck));
      await focus('an ordinary window', (now) => titled('bread')(now) && now.private === false);
      const kept = () =>
        events.filter((each) => each.kind === 'window' && each.data.title?.includes('bread'));
      await until('its title', () => kept().length > 0);

      // Fields and the address, once Chromium describes the page.
      await focus('a text field', (now) => now.field === 'text' && now.page === at('bread%20recipes'));
      expect(typed()).toBe('content');
      await key('Tab');
      await focus('the password field', (now) => now.field === 'password');
      expect(typed()).toBe('nothing');

      const since = Date.now();
      await key('ctrl+shift+n');
      await focus('the private window', (now) => now.private === true);
      const go = async (name: string) => {
        await key('ctrl+l');
        await display.call('xdotool', ['type', '--delay', '5', at(name)]);
        await key('Return');
        await focus(`the page ${name}`, titled(decodeURIComponent(name)));
      };
      await go('canary%20one');
      expect(typed()).toBe('nothing');
      await display.call('xclip', ['-selection', 'clipboard'], 'canary copied');
      // Dropped, or counted while something about the window was still being asked for.
      await until('the copy', () =>
        events.some(
          (each) =>
            each.at >= since && (each.kind === 'dropped' || (each.kind === 'clipboard' && !each.data.text)),
        ),
      );
      // The very page that the ordinary window shows, so that only the window tells them apart.
      await go('bread%20recipes');
      await focus('it to be private', (now) => titled('bread')(now) && now.private === true);
      expect(typed()).toBe('nothing');
      // Events of this window only: the last one of the ordinary window has the time at which that began.
      const titles = events
        .filter((each) => each.kind === 'window' && each.at >= since)
        .map((each) => each.kind === 'window' && each.data.title);
      expect(titles.length).toBeGreaterThan(0);
      expect(titles.filter((each) => each !== undefined)).toEqual([]);
      expect(JSON.stringify(events)).not.toMatch(/canary|Incognito/);

      // Back in the ordinary window its title is kept again.
      const [first] = (await display.call('xdotool', ['search', '--name', 'bread recipes']))
        .trim()
        .split('\n');
      await display.call('xdotool', ['windowactivate', first!]);
      await focus('the ordinary window', (now) => now.private === false);
    });

    it('counts a browser that nobody can tell, and says so with the mend', async () => {
      run('xterm', ['-class', 'Chromium', '-T', 'a page of mine - Chromium']);
      await until('the untold browser', () => events.find((each) => each.app === 'Chromium'));
      const health = await until('its reason', () => (window.health().reason ? window.health() : null));
      expect(health.state).toBe('healthy');
      expect(health.reason).toContain('which windows of Chromium are private');
      expect(health.mend).toContain('Settings');
      expect(JSON.stringify(events)).not.toContain('a page of mine');

      settings = Settings.parse({ trustedBrowsers: ['Chromium'] });
      await display.call('xdotool', [
        'getactivewindow',
        'set_window',
        '--name',
        'another of mine - Chromium',
      ]);
      await until('the kept title', () => JSON.stringify(events).includes('another of mine'));
      await until('no reason any more', () => window.health().reason === undefined);
    });

    it('is part of the assistant, which tells the desktop only when asked to', async () => {
      await session.enabled(false);
      const home = mkdtempSync(join(session.folder, 'home-'));
      writeSettings(home, { model: { use: 'none' }, sources: { files: false } });
      const core = await startCore({ home, env, args: ['--host', 'headless'] });
      stops.push(async () => void (await core.stop()));
      const source = async () =>
        (await core.client.call('state.get', {})).sources.find((each) => each.name === 'window');
      await until('it to watch', async () => (await source())?.state === 'healthy');
      run('xterm', ['-class', 'Chromium', '-T', 'a page of mine - Chromium']);
      const told = await until('the reason', async () => {
        const now = await source();
        return now?.reason ? now : null;
      });
      expect(told).toMatchObject({ state: 'healthy', mend: expect.stringContaining('Settings') });
      const doctor = await cli({ ...env, BEFOREHAND_HOME: home }, ['doctor']);
      expect(doctor.out + doctor.talk).toContain('which windows of Chromium are private');
      expect(await session.enabled()).toBe(false);
      await core.client.call('settings.set', { accessibility: true });
      await until('the desktop to be told', () => session.enabled());
    });

    it('protects everything while the service is dead, says so, and knows again when it is back', async () => {
      run('zenity', ['--entry', '--title', 'Before']);
      await focus('a text field', (now) => now.field === 'text');
      await session.kill();
      await focus('nothing to be known', (now) => now.field === undefined);
      expect(typed()).toBe('counts');
      const sick = await until('it to be said', () => (window.health().reason ? window.health() : null));
      expect(sick.state).toBe('unhealthy');
      expect(sick.mend).toBeTruthy();
      expect(sick.reason).toMatch(/^\[monitor:window\]/);
      // Windows are told all the same.
      run('xterm', ['-T', 'meanwhile']);
      await until('a window meanwhile', () => JSON.stringify(events).includes('meanwhile'));

      session.launch();
      await until('it to be well', () => window.health().state === 'healthy', LONG);
      run('zenity', ['--password', '--title', 'After']);
      await focus('a password field', (now) => now.title === 'After' && now.field === 'password');
    });
  },
);
