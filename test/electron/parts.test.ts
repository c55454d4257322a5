import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inflateSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { trayMenu } from '../../electron/modules/tray.ts';
import type { AppState } from '../../src/contract.ts';
import { drawIcon } from '../../electron/icons.ts';
import { createPageHandler } from '../../electron/modules/page.ts';
import { backOff, supervise, STEADY } from '../../electron/supervise.ts';

/** Time that stands still until it is turned. */
function createTime() {
  let now = 0;
  let jobs: { at: number; job: () => void }[] = [];
  return {
    timers: {
      now: () => now,
      after(ms: number, job: () => void) {
        const entry = { at: now + ms, job };
        jobs.push(entry);
        return () => (jobs = jobs.filter((each) => each !== entry));
      },
    },
    pass(ms: number) {
      now += ms;
      const due = jobs.filter((each) => each.at <= now);
      jobs = jobs.filter((each) => each.at > now);
      for (const { job } of due) job();
    },
  };
}

describe('the app:// page', () => {
  const home = mkdtempSync(join(tmpdir(), 'page-'));
  const root = join(home, 'page');
  const ask = (url: string, method = 'GET') => createPageHandler(root)({ url, method });
  beforeAll(() => {
    mkdirSync(join(root, 'assets'), { recursive: true });
    writeFileSync(join(root, 'index.html'), '<!doctype html>');
    writeFileSync(join(root, 'assets', 'main-AbCd_-12.js'), 'export {};');
    writeFileSync(join(root, 'strange.exe'), 'MZ');
    writeFileSync(join(home, 'secret.html'), 'secret');
    symlinkSync(join(home, 'secret.html'), join(root, 'link.html'));
  });
  afterAll(() => rmSync(home, { recursive: true, force: true }));

  it('is served with a strict policy', async () => {
    const answer = await ask('app://beforehand/');
    expect(await answer.text()).toBe('<!doctype html>');
    const policy = answer.headers.get('content-security-policy') ?? '';
    expect(policy).toMatch(/^default-src 'none'; script-src 'self';/);
    expect(policy).not.toMatch(/unsafe|https?:|\*/);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    const script = await ask('app://beforehand/assets/main-AbCd_-12.js');
    expect(script.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    expect(script.headers.get('cache-control')).toContain('immutable');
  });

  it.each([
    ['app://other/', 400],
    ['https://beforehand/', 400],
    ['app://beforehand/?x', 400],
    ['app://beforehand//secret.html', 400],
    ['app://beforehand/%2e%2e%2fsecret.html', 400],
    ['app://beforehand/..%5csecret.html', 400],
    ['app://beforehand/%00', 400],
    ['app://beforehand/../secret.html', 404],
    ['app://beforehand/link.html', 404],
    ['app://beforehand/assets', 404],
    ['app://beforehand/strange.exe', 404],
    ['app://beforehand/nothing.html', 404],
  ])('refuses %s', async (url, status) => {
    const answer = await ask(url);
    expect(answer.status).toBe(status);
    expect(await answer.text()).toBe('');
  });

  it('takes no other method', async () => {
    expect((await ask('app://beforehand/', 'POST')).status).toBe(405);
  });
});

describe('supervision', () => {
  it('waits longer with each failure in a row, up to a limit', () => {
    expect([0, 1, 2, 3, 6, 7, 50].map((failures) => backOff(failures))).toEqual([
      0, 500, 1000, 2000, 16_000, 30_000, 30_000,
    ]);
  });

  it('starts again after the wait, forgets failures after a steady run, and stops', () => {
    const time = createTime();
    const exits: ((code: number) => void)[] = [];
    const waits: number[] = [];
    let killed = 0;
    const supervision = supervise({
      timers: time.timers,
      start: () => ({ onExit: (listener) => void exits.push(listener), kill: () => (killed += 1) }),
      onUp: () => {},
      onDown: (_code, wait) => waits.push(wait),
    });
    exits.at(-1)?.(1);
    time.pass(499);
    expect(exits).toHaveLength(1);
    time.pass(1);
    expect(exits).toHaveLength(2);
    exits.at(-1)?.(1);
    time.pass(1000);
    time.pass(STEADY);
    exits.at(-1)?.(1);
    expect(waits).toEqual([500, 1000, 500]);
    time.pass(500);
    supervision.stop();
    expect(killed).toBe(1);
    exits.at(-1)?.(0);
    time.pass(STEADY);
    expect(exits).toHaveLength(4);
  });
});

const WATCHING = {
  capture: 'watching',
  pausedBy: null,
  pausedUntil: null,
  quietUntil: null,
  sources: [{ name: 'window', state: 'healthy', events: 1, restarts: 0 }],
  language: 'en',
} as const;

describe('the tray’s menu', () => {
  it('names the study in force and ends it with one click', () => {
    const calls: string[] = [];
    const context = {
      core: () => ({ handlers: { 'study.end': () => void calls.push('study.end') } }),
    } as unknown as Parameters<typeof trayMenu>[0];
    const study = { title: 'Does the gate help?', until: new Date(2026, 11, 9).getTime() };
    const menu = (more: object) => trayMenu(context, { ...WATCHING, ...more } as unknown as AppState);
    expect(menu({}).map((each) => each.label)).not.toContain('End the study');
    const items = menu({ study });
    expect(items.map((each) => each.label)).toContain('Study: Does the gate help?, until 8 Dec 2026');
    const end = items.find((each) => each.label === 'End the study');
    end!.click!(undefined as never, undefined, undefined as never);
    expect(calls).toEqual(['study.end']);
    const german = menu({ study, language: 'de', quietUntil: new Date().setHours(23, 59, 0, 0) });
    expect(german.map((each) => each.label ?? '')).toEqual([
      'Beforehand: beobachtet, 1 von 1 Quelle, still bis 23:59',
      'Studie: Does the gate help?, bis 8. Dez. 2026',
      'Die Studie beenden',
      '',
      'Öffnen',
      'Pausieren',
      '',
      'Beenden',
    ]);
  });
});

describe('the tray’s signs', () => {
  it('are PNGs whose shapes differ, at any size', () => {
    for (const size of [16, 22, 44]) {
      const shapes = (['watching', 'paused', 'wrong'] as const).map((capture) => {
        const png = drawIcon(capture, size);
        expect(png.subarray(1, 4).toString()).toBe('PNG');
        expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([size, size]);
        const at = png.indexOf('IDAT');
        const rows = inflateSync(png.subarray(at + 4, at + 4 + png.readUInt32BE(at - 4)));
        return Array.from({ length: size * size }, (_, n) =>
          (rows[Math.floor(n / size) * (1 + size * 4) + 4 + (n % size) * 4] ?? 0) > 127 ? 1 : 0,
        );
      });
      for (const [one, other] of [
        [0, 1],
        [0, 2],
        [1, 2],
      ] as const) {
        const differ = shapes[one]?.filter((bit, n) => bit !== shapes[other]?.[n]).length ?? 0;
        expect(differ / (size * size)).toBeGreaterThan(0.15);
      }
    }
  });
});

describe('the built shell', () => {
  const out = mkdtempSync(join(tmpdir(), 'out-'));
  afterAll(() => rmSync(out, { recursive: true, force: true }));

  it(
    'has a preload of one CommonJS file, five entries, and nothing native inside',
    { timeout: 120_000 },
    () => {
      // Without the renderer: that one always goes to out/renderer, where other tests may be looking.
      mkdirSync('dist', { recursive: true });
      const config = join('dist', `shell-${process.pid}.config.ts`);
      writeFileSync(
        config,
        "import config from '../electron.vite.config.ts';\n" +
          'const { main, preload } = config as Record<string, object>;\nexport default { main, preload };\n',
      );
      const vite = 'node_modules/electron-vite/bin/electron-vite.js';
      const options = ['build', '--config', config, '--outDir', out, '--logLevel', 'error'];
      try {
        execFileSync(process.execPath, [vite, ...options], { stdio: 'pipe' });
      } finally {
        rmSync(config, { force: true });
      }
      expect(readdirSync(join(out, 'preload'))).toEqual(['preload.cjs']);
      const preload = readFileSync(join(out, 'preload', 'preload.cjs'), 'utf8');
      expect(preload).not.toMatch(/^\s*(import|export)\s|import\(/m);
      expect(preload.match(/require\("([^"]+)"\)/g)).toEqual(['require("electron")']);
      expect(preload).not.toMatch(/exposeInMainWorld\([^)]*ipcRenderer/);
      const entries = readdirSync(join(out, 'main')).filter((name) => name.endsWith('.js'));
      expect(entries.sort()).toEqual([
        'coreProcess.js',
        'keysProcess.js',
        'llmProcess.js',
        'logThread.js',
        'main.js',
      ]);
      const read = (name: string) => readFileSync(join(out, 'main', name), 'utf8');
      const chunks = readdirSync(join(out, 'main', 'chunks')).map((name) => read(join('chunks', name)));
      expect([read('logThread.js'), ...chunks].join('\n')).toMatch(/from "better-sqlite3-multiple-ciphers"/);
      expect(read('coreProcess.js')).not.toMatch(/from "electron"|node-llama-cpp"\);?$/m);
      expect(read('llmProcess.js')).toMatch(/"node-llama-cpp"/);
      expect(read('main.js')).not.toMatch(/better-sqlite3|node-llama-cpp|uiohook/);
    },
  );
});
