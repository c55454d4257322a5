import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import type { AppState } from '../../src/contract.ts';
import { needs } from '../needs.ts';
import { until } from '../until.ts';
import { connectionsOf } from './connections.ts';
import { cli, startCore, writeSettings, type Core } from './core.ts';
import { startDisplay, type Display } from './display.ts';

/** The promise: a source that dies silently is shown within this time; a test machine may be busy, so the mend has more. */
const SHOWN_MS = 10_000;
const MENDED_MS = 20_000;

type Name = 'window' | 'idle' | 'clipboard' | 'keyboard' | 'files';

needs(['Xvfb', 'openbox', 'xdotool', 'xclip', 'xterm'], 'what dies silently shows', () => {
  let home = '';
  let folder = '';
  let display: Display;
  let core: Core;
  const times: string[] = [];

  beforeAll(async () => {
    home = mkdtempSync(join(tmpdir(), 'health-'));
    display = await startDisplay();
  });
  afterAll(async () => {
    await display.stop();
    rmSync(home, { recursive: true, force: true });
    if (process.env['SHOW_TIMES']) console.log(times.join('\n'));
  });
  beforeEach(async () => {
    folder = join(home, 'notes');
    mkdirSync(folder, { recursive: true });
    writeSettings(home, { folders: [folder], model: { use: 'none' } });
    core = await startCore({
      home,
      env: { ...display.env, XDG_RUNTIME_DIR: home },
      args: ['--host', 'headless'],
    });
    await until('all five are proven', async () => well(await state()), MENDED_MS);
  });
  afterEach(async () => {
    await core.stop();
  });

  const state = () => core.client.call('state.get', {});
  const of = (now: AppState, name: Name) => now.sources.find((each) => each.name === name)!;
  const well = ({ sources, capture }: AppState) =>
    capture === 'watching' &&
    sources.length === 5 &&
    sources.every((each) => each.state === 'healthy' && each.provenAt);

  /** Breaks a source and waits until `state.get` names it; then mends it, when that is needed, and waits for its return. */
  const breaks = async (
    what: string,
    names: readonly Name[],
    reason: RegExp,
    { hurt, heal }: { hurt: () => unknown; heal?: () => unknown },
  ) => {
    const restarts = names.map((name) => state().then((now) => of(now, name).restarts));
    const before = await Promise.all(restarts);
    const began = performance.now();
    await hurt();
    await until(
      `${what}: ${names.join(', ')} to be named`,
      async () => {
        const now = await state();
        // One that mends itself at once shows as restarted.
        return names.every((name, at) => {
          const source = of(now, name);
          const named = source.state === 'unhealthy' && reason.test(source.reason ?? '') && source.mend;
          return named ? now.capture === 'wrong' && now.says !== '' : source.restarts > before[at]!;
        });
      },
      SHOWN_MS,
    );
    const shown = performance.now() - began;
    await heal?.();
    const healing = performance.now();
    await until(`${what}: all well again`, async () => well(await state()), MENDED_MS);
    times.push(
      `${what}: shown in ${Math.round(shown)} ms, well ${Math.round(performance.now() - healing)} ms later`,
    );
  };

  it('the display freezes: every source that needs it says so, and goes on by itself', async () => {
    const xvfb = display.server()!;
    await breaks('a frozen display', ['window', 'idle', 'clipboard', 'keyboard'], /has not answered/, {
      hurt: () => xvfb.kill('SIGSTOP'),
      heal: () => xvfb.kill('SIGCONT'),
    });
  });

  it('the display is killed and comes back', async () => {
    await breaks('a killed display', ['window', 'idle', 'clipboard', 'keyboard'], /X server/, {
      hurt: () => display.kill(),
      heal: () => display.revive(),
    });
  });

  it('the window manager is killed: nobody tells the window in front any more', async () => {
    await breaks('a killed window manager', ['window'], /no window manager/, {
      hurt: () => display.manager()?.kill('SIGKILL'),
      heal: () => display.manage(),
    });
    // Only who tells the window is ill: keys and copies are still seen, as of an unknown window.
    expect(of(await state(), 'keyboard').restarts).toBe(0);
  });

  it('each connection to the display is cut, and another program ends the recording of keys', async () => {
    const connections = await connectionsOf(display.env['DISPLAY']!, core.process.pid!);
    try {
      await breaks('cut connections', ['idle', 'clipboard', 'keyboard'], /./, {
        hurt: async () => expect(await connections.cut()).toBeGreaterThanOrEqual(5),
      });
      await breaks('an unhooked recording', ['keyboard'], /recorded/, {
        hurt: connections.unhook,
      });
    } finally {
      connections.close();
    }
  });

  it('the owner of the clipboard freezes', async () => {
    const connections = await connectionsOf(display.env['DISPLAY']!, core.process.pid!);
    await breaks('a frozen owner of the clipboard', ['clipboard'], /does not answer/, {
      // To the display, a program that never reads its requests is one that was stopped.
      hurt: connections.ownClipboard,
      heal: connections.close,
    });
  });

  it('a watched folder goes away, another takes its place, and changes are seen in that', async () => {
    await breaks('a folder that is gone', ['files'], /does not exist/, {
      hurt: () => rmSync(folder, { recursive: true, force: true }),
      heal: () => mkdirSync(folder),
    });
    const before = of(await state(), 'files').events;
    renameSync(folder, `${folder}-old`);
    mkdirSync(folder);
    let n = 0;
    await until(
      'a change in the folder that took its place',
      async () => {
        writeFileSync(join(folder, `new-${++n}.md`), 'words\n');
        return of(await state(), 'files').events > before;
      },
      SHOWN_MS,
      500,
    );
    rmSync(`${folder}-old`, { recursive: true, force: true });
  });

  it('quiet is not dead: with nothing to see, each goes on proving itself, and doctor says when', async () => {
    const first = of(await state(), 'clipboard').provenAt!;
    await until('the next proof', async () => of(await state(), 'clipboard').provenAt! > first, SHOWN_MS);
    const now = await state();
    expect(now.sources.map((each) => [each.name, each.restarts])).toEqual(
      now.sources.map((each) => [each.name, 0]),
    );
    const doctor = await cli(core.env, ['doctor']);
    expect(doctor.out).toMatch(/source clipboard +proven just now: /);
    expect(doctor.out).toContain('watching, 5 of 5 sources');
  });
});
