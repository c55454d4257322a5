import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Hold } from '../../src/model/hold.ts';
import { systemClock } from '../../src/model/ports.ts';
import { Settings } from '../../src/model/settings.ts';
import { connectX } from '../../src/monitors/linux/connection.ts';
import { createMonitors } from '../../src/monitors/monitors.ts';
import { createNodeSpawn } from '../../src/ports/spawn.ts';
import { needs } from '../needs.ts';
import { recordingGuard } from '../suites/monitor.ts';
import { until } from '../until.ts';
import { startDisplay, type Display } from './display.ts';

needs(['Xvfb', 'openbox', 'xdotool', 'xterm'], 'what holds cards back on a live X11 desktop', () => {
  let display: Display;
  let stop: () => Promise<void>;
  let holds: () => readonly Hold[];
  beforeAll(async () => {
    display = await startDisplay();
    const settings = Settings.parse({
      sources: { window: true, idle: false, clipboard: false, keyboard: false, files: false },
    });
    const sensing = createMonitors({
      guard: recordingGuard().guard,
      clock: systemClock,
      spawn: createNodeSpawn(),
      settings,
      platform: 'linux',
      env: { ...display.env, DBUS_SESSION_BUS_ADDRESS: '' },
    });
    stop = await sensing.monitors[0]!.start(() => {});
    ({ holds } = sensing);
  });
  afterAll(async () => {
    await stop?.();
    await display?.stop();
  });

  const kinds = () =>
    holds()
      .map(({ kind }) => kind)
      .filter((kind) => kind !== 'battery');
  const become = (expected: readonly string[]) =>
    until(`the holds to be [${expected.join()}]`, () => kinds().join() === expected.join());
  const front = (title: string) =>
    until(`the window ${title}`, () =>
      display.call('xdotool', ['getactivewindow', 'getwindowname']).then(
        (name) => name.trim() === title,
        () => false,
      ),
    );

  /** Asks the window manager to let the window in front fill the screen, as players do (EWMH `_NET_WM_STATE`). */
  const fillScreen = async (on: boolean) => {
    const link = await connectX('test', display.env, () => {});
    const [state, full] = await link.atoms(['_NET_WM_STATE', '_NET_WM_STATE_FULLSCREEN']);
    const window = Number((await display.call('xdotool', ['getactivewindow'])).trim());
    const event = Buffer.alloc(32);
    event[0] = 33; // ClientMessage, 32 bits a value
    event[1] = 32;
    [window, state, on ? 1 : 0, full, 0, 1, 0].forEach((value, at) => event.writeUInt32LE(value, 4 + at * 4));
    link.X.SendEvent(link.root, 0, 0x180000, event);
    // The answer to a question comes behind what was sent before it.
    await link.property(window, state, 4);
    await link.close();
  };

  it('a window that fills the screen holds until it is gone, and one that grows begins to', async () => {
    expect(kinds()).toEqual([]);
    const film = display.run('xterm', ['-fullscreen', '-T', 'film']);
    await front('film');
    await become(['fullScreen']);
    film.kill();
    await become([]);
    display.run('xterm', ['-T', 'desk']);
    await front('desk');
    expect(kinds()).toEqual([]);
    // A window manager may not listen to a window that it is still putting up, so it is asked until it does.
    const ask = (on: boolean) =>
      until(`the screen to be ${on ? 'filled' : 'free'}`, async () => {
        await fillScreen(on);
        return kinds().includes('fullScreen') === on;
      });
    await ask(true);
    expect(kinds()).toEqual(['fullScreen']);
    await ask(false);
    expect(kinds()).toEqual([]);
  });

  it('a bar that tells of a shared screen holds, in front or not', async () => {
    const bar = display.run('xterm', ['-T', 'meet.example is sharing your screen.']);
    await become(['sharing']);
    display.run('xterm', ['-T', 'work']);
    await front('work');
    expect(kinds()).toEqual(['sharing']);
    bar.kill();
    await become([]);
  });

  it('a meeting in front holds', async () => {
    const call = display.run('xterm', ['-class', 'zoom', '-T', 'Zoom Meeting']);
    await become(['meetings']);
    call.kill();
    await become([]);
  });
});
