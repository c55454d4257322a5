import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { trayWords } from '../../electron/modules/tray.ts';
import type { AppState } from '../../src/contract.ts';
import { pauseBench } from '../bench/pause.ts';
import { needs } from '../needs.ts';
import { until } from '../until.ts';
import { cli, startCore, writeSettings } from './core.ts';
import { startDisplay } from './display.ts';

needs(['Xvfb', 'openbox', 'xdotool', 'xclip', 'xterm'], 'a pause on a live desktop', () => {
  it('lets nothing through, carries nothing over, and outlives kill -9', async () => {
    const report = await pauseBench(4);
    expect(report).toMatchObject({ pauses: 4, during: 0, carriedOver: 0, kills: 1, unpaused: 0 });
    expect(report.before).toBeGreaterThan(0);
  });

  it('is one pause, whoever asks and whoever shows it', async () => {
    const home = mkdtempSync(join(tmpdir(), 'pause-'));
    writeSettings(home, { folders: [home], model: { use: 'none' } });
    const display = await startDisplay();
    const env = { ...display.env, XDG_RUNTIME_DIR: home };
    const core = await startCore({ home, env, args: ['--host', 'headless'] });
    const told: AppState[] = [];
    core.client.on('state', (state) => told.push(state));
    const run = async (...args: string[]) => (await cli(core.env, args)).out.trim();
    /** What socket, tray, doctor and command line say now. */
    const everywhere = async () => {
      const state = await core.client.call('state.get', {});
      const doctor = (await run('doctor')).split('\n')[0] ?? '';
      return { line: trayWords(state).words.replace('Beforehand: ', ''), doctor, state };
    };
    try {
      const paused = await run('pause', 'tomorrow');
      expect(paused).toMatch(/^paused until \w+ 06:00$/);
      const one = await everywhere();
      expect(one.line).toBe(paused);
      expect(one.doctor).toContain(paused);
      await until('the windows are told', () => told.at(-1)?.says === one.state.says);

      await core.client.call('capture.pause', { minutes: 15 });
      const two = await everywhere();
      expect(two.line).toMatch(/^paused until \d\d:\d\d$|^paused until \w+ \d\d:\d\d$/);
      expect(two.doctor).toContain(two.line);

      expect(await run('resume')).toMatch(/^watching, \d of 5 sources$/);
      await core.client.call('settings.set', { watchHours: [{ days: [0], from: '00:00', to: '00:00' }] });
      const sunday = new Date().getDay() === 0;
      const three = await everywhere();
      if (!sunday) expect(three.line).toMatch(/^paused, outside your hours until .*00:00$/);
      expect(three.doctor).toContain(three.line);
    } finally {
      await core.stop();
      await display.stop();
      rmSync(home, { recursive: true, force: true });
    }
  });

  it('asked for while nothing runs, it holds from the next start', async () => {
    const home = mkdtempSync(join(tmpdir(), 'pause-'));
    writeSettings(home, { model: { use: 'none' }, folders: [home] });
    const env = { PATH: process.env['PATH'], HOME: home, XDG_RUNTIME_DIR: home, BEFOREHAND_HOME: home };
    const { code, out } = await cli(env, ['pause', '1h', '--json']);
    expect([code, JSON.parse(out).running]).toEqual([0, false]);
    const core = await startCore({ home, env, args: ['--host', 'headless'] });
    try {
      const state = await core.client.call('state.get', {});
      expect([state.capture, state.pausedUntil]).toEqual(['paused', JSON.parse(out).pausedUntil]);
    } finally {
      await core.stop();
      rmSync(home, { recursive: true, force: true });
    }
  });
});
