import { describe, expect, it } from 'vitest';
import { createProgram } from '../../src/app/program.ts';
import type { LoginPort, UpdatesPort, UpdateState } from '../../src/model/program.ts';
import { Settings } from '../../src/model/settings.ts';

function stage(
  options: { readonly updates?: boolean; readonly demo?: boolean; readonly login?: LoginPort } = {},
) {
  const asked: string[] = [];
  const told: unknown[] = [];
  const jobs: { ms: number; job: () => void }[] = [];
  let known: UpdateState = { state: 'newest', checkedAt: null };
  let settings = Settings.parse({ updates: options.updates ?? false });
  let now = 1_000_000;
  const listeners: ((state: UpdateState) => void)[] = [];
  const become = (next: UpdateState) => {
    known = next;
    for (const each of listeners) each(next);
  };
  const port: UpdatesPort = {
    state: () => known,
    onState: (listener) => void listeners.push(listener),
    check: () => void asked.push('check'),
    download: () => void asked.push('download'),
    install: () => void asked.push('install'),
  };
  const program = createProgram({
    ports: { updates: port, ...(options.login && { login: options.login }) },
    clock: { now: () => now },
    settings: () => settings,
    host: 'desktop',
    demo: options.demo ?? false,
    logs: '/data/logs',
    publish: (_event, payload) => void told.push(payload),
    after(ms, job) {
      const entry = { ms, job };
      jobs.push(entry);
      return () => void jobs.splice(jobs.indexOf(entry), 1);
    },
  });
  return {
    program,
    asked,
    told,
    jobs,
    become,
    pass: (ms: number) => void (now += ms),
    choose(updates: boolean) {
      settings = Settings.parse({ updates });
      program.follow(settings);
    },
  };
}

describe('newer versions', () => {
  it('are not asked for before somebody chose it: no timer, and every channel refuses', async () => {
    const { program, asked, jobs } = stage();
    expect((await program.channels['program.get']({})).updates).toEqual({ state: 'off' });
    for (const channel of ['updates.check', 'updates.download', 'updates.install'] as const) {
      expect(() => program.channels[channel]({})).toThrow(/not asked for/);
    }
    expect([asked, jobs]).toEqual([[], []]);
  });

  it('are asked for two minutes after the choice and once a day, and no more when it is taken back', () => {
    const { asked, jobs, choose } = stage();
    choose(true);
    expect(jobs.map(({ ms }) => ms)).toEqual([120_000]);
    jobs[0]?.job();
    expect([asked, jobs.map(({ ms }) => ms)]).toEqual([['check'], [86_400_000]]);
    choose(false);
    expect(jobs).toEqual([]);
  });

  it('go one step at a time, and a page that asks in a loop asks the feed once', () => {
    const { program, asked, become, pass } = stage({ updates: true });
    const { channels } = program;
    for (let n = 0; n < 50; n++) void channels['updates.check']({});
    void channels['updates.download']({});
    void channels['updates.install']({});
    expect(asked).toEqual(['check']);
    pass(10_000);
    void channels['updates.check']({});
    become({ state: 'found', version: '0.2.0', bytes: 1 });
    void channels['updates.download']({});
    become({ state: 'ready', version: '0.2.0' });
    void channels['updates.install']({});
    expect(asked).toEqual(['check', 'check', 'download', 'install']);
  });

  it('are told to the window as they come', async () => {
    const { become, told } = stage({ updates: true });
    become({ state: 'downloading', version: '0.2.0', percent: 12 });
    await Promise.resolve();
    await Promise.resolve();
    expect(told).toMatchObject([{ updates: { state: 'downloading', percent: 12 } }]);
  });

  it('are none of a recorded day’s business', async () => {
    const { program, jobs } = stage({ updates: true, demo: true });
    expect((await program.channels['program.get']({})).updates).toEqual({
      state: 'unavailable',
      why: 'demo',
    });
    expect(jobs).toEqual([]);
  });
});

describe('start with the session', () => {
  it('tells what the system has, not what was wished', async () => {
    let on = false;
    const login: LoginPort = { read: async () => on, write: async () => void (on = false) };
    const { program } = stage({ login });
    const after = await program.channels['program.startAtLogin']({ on: true });
    expect(after.startAtLogin).toEqual({ can: true, on: false });
  });

  it('is refused where the system cannot tell or there is none', async () => {
    for (const login of [undefined, { read: async () => null, write: async () => {} }]) {
      const { program } = stage(login ? { login } : {});
      const state = await program.channels['program.get']({});
      expect(state.startAtLogin).toEqual({ can: false, on: false, why: 'system' });
      await expect(async () => program.channels['program.startAtLogin']({ on: true })).rejects.toMatchObject({
        code: 'refused',
      });
    }
  });
});
