import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FuseState, FuseV1Options, FuseVersion, flipFuses, getCurrentFuseWire } from '@electron/fuses';

// The twenty items of Electron's security checklist (its documentation, tutorial/security, 2026), each read off the
// built program: what its bundles say, and what its main process passes to an Electron that writes everything down.
const root = fileURLToPath(new URL('../..', import.meta.url));
const out = join(root, 'out');
const home = mkdtempSync(join(tmpdir(), 'checklist-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

interface Report {
  windows: Record<string, unknown>[];
  loads: string[];
  sandbox: boolean;
  schemes: { scheme: string; privileges: Record<string, boolean> }[][];
  handled: string[];
  windowOpen: string[];
  stopped: Record<string, boolean>;
  download: boolean;
  permissions: Record<string, boolean[]>;
  copyElsewhere: boolean[];
  device: boolean;
  fetches: Record<string, boolean>;
  page: { status: number; headers: Record<string, string>; html: string };
  messages: Record<string, number>;
}
let report: Report;
let main = '';
let preload = '';

beforeAll(() => {
  // Nothing to do after `npm test` has built it; alone, this test builds what it reads.
  const setup = "import('./scripts/setup.mjs').then((setup) => setup.build())";
  execFileSync(process.execPath, ['-e', setup], { cwd: root, stdio: 'ignore' });
  const here = (name: string) => fileURLToPath(new URL(name, import.meta.url));
  const env = { PATH: process.env['PATH'], HOME: home, BEFOREHAND_HOME: join(home, 'data') };
  const args = ['--import', here('./builtHooks.mjs'), here('./builtReport.mjs'), out];
  const text = execFileSync(process.execPath, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'ignore'] });
  report = JSON.parse(String(text)) as Report;
  const files = readdirSync(join(out, 'main'), { recursive: true }).map(String);
  main = files
    .filter((name) => name.endsWith('.js'))
    .map((name) => readFileSync(join(out, 'main', name), 'utf8'))
    .join('\n');
  preload = readFileSync(join(out, 'preload', 'preload.cjs'), 'utf8');
}, 300_000);

const everyWindow = (name: string) => report.windows.map((preferences) => preferences[name]);
const all = <T>(value: T) => report.windows.map(() => value);

describe('the security checklist, on the built program', () => {
  it('has a window to speak of, and a core that answers it', () => {
    expect(report.windows.length).toBeGreaterThan(0);
    expect(report.messages['ours']).toBe(1);
  });

  it('1: shows only its own page, over its own scheme, and fetches nothing from elsewhere', () => {
    for (const load of report.loads) expect(load).toMatch(/^load app:\/\/beforehand\//);
    expect(report.fetches).toEqual({
      'app://beforehand/': false,
      'https://example.org/': true,
      'http://127.0.0.1/': true,
      'file:///etc/passwd': true,
      'ws://example.org/': true,
      'app://beforehand.evil/': true,
    });
  });

  it('2: gives no page Node: not in frames, not in workers', () => {
    for (const name of ['nodeIntegration', 'nodeIntegrationInWorker', 'nodeIntegrationInSubFrames']) {
      expect([name, ...everyWindow(name)]).toEqual([name, ...all(false)]);
    }
  });

  it('3: isolates the preload’s world from the page’s in every window', () => {
    expect(everyWindow('contextIsolation')).toEqual(all(true));
  });

  it('4: sandboxes every process of a page, for all windows and for each', () => {
    expect(report.sandbox).toBe(true);
    expect(everyWindow('sandbox')).toEqual(all(true));
    expect(main).not.toMatch(/no-sandbox/);
  });

  it('5: refuses every permission a page asks for', () => {
    for (const [name, answers] of Object.entries(report.permissions)) {
      expect([name, ...answers]).toEqual([name, false, false]);
    }
    expect(report.copyElsewhere).toEqual([false, false]);
    expect(report.device).toBe(false);
  });

  it('6: leaves the same-origin rule on', () => {
    expect(everyWindow('webSecurity')).toEqual(all(true));
    expect(main).not.toMatch(/disable-web-security/);
  });

  it('7: sends a policy with the page that allows its own files and nothing inline', () => {
    const { status, headers, html } = report.page;
    expect(status).toBe(200);
    const policy = headers['content-security-policy'] ?? '';
    expect(policy.split('; ')).toEqual(
      expect.arrayContaining([
        "default-src 'none'",
        "script-src 'self'",
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
      ]),
    );
    expect(policy).not.toMatch(/unsafe|\*|https?:/);
    const markup = html.replaceAll(/<!--[\s\S]*?-->/g, '');
    expect(markup.match(/<script\b[^>]*>/g)?.every((tag) => / src="\/?[^:"]+"/.test(tag))).toBe(true);
    expect(markup).not.toMatch(/\son\w+=|<style|style=|javascript:|https?:\/\//i);
  });

  it('8: allows no insecure content in a secure page', () => {
    expect(everyWindow('allowRunningInsecureContent')).toEqual(all(false));
  });

  it('9: turns no experimental feature on', () => {
    expect(everyWindow('experimentalFeatures')).toEqual(all(undefined));
    expect(main).not.toMatch(/experimentalFeatures|enable-experimental|enable-features/);
  });

  it('10: turns no Blink feature on', () => {
    expect(everyWindow('enableBlinkFeatures')).toEqual(all(undefined));
    expect(main).not.toMatch(/enableBlinkFeatures|enable-blink-features/);
  });

  it('11: has no webview, and so none that opens others', () => {
    expect(everyWindow('webviewTag')).toEqual(all(false));
    const page = readdirSync(join(out, 'renderer', 'assets'))
      .filter((name) => name.endsWith('.js'))
      .map((name) => readFileSync(join(out, 'renderer', 'assets', name), 'utf8'))
      .join('\n');
    expect(`${report.page.html}${page}`).not.toMatch(/<webview|createElement\(["'`]webview|allowpopups=/);
  });

  it('12: stops any webview from being attached', () => {
    expect(report.stopped['will-attach-webview']).toBe(true);
  });

  it('13: stops every navigation and download', () => {
    expect(report.stopped).toMatchObject({
      'will-navigate': true,
      'will-frame-navigate': true,
      'will-redirect': true,
    });
    expect(report.download).toBe(true);
    expect(everyWindow('navigateOnDragDrop')).toEqual(all(false));
  });

  it('14: opens no window that a page asks for', () => {
    expect(report.windowOpen).toEqual(all('deny'));
  });

  it('15: hands nothing to the system’s shell', () => {
    expect(main).not.toMatch(/openExternal\(|\bshell\.open/);
    expect(main.match(/import\s*\{([^}]*)\}\s*from\s*"electron"/)?.[1]).not.toMatch(/\bshell\b/);
  });

  it('16: pins the Electron that was current when this was written, exactly and in the lock', () => {
    const read = (file: string) =>
      JSON.parse(readFileSync(join(root, file), 'utf8')) as {
        devDependencies: Record<string, string>;
        packages: Record<string, { version: string }>;
      };
    const { electron } = read('package.json').devDependencies;
    expect(electron).toMatch(/^\d+\.\d+\.\d+$/);
    expect(Number(electron?.split('.')[0])).toBeGreaterThanOrEqual(45);
    expect(read('package-lock.json').packages['node_modules/electron']?.version).toBe(electron);
  });

  it('17: hears only the main frame of its own page', () => {
    expect(report.messages).toEqual({ ours: 1, none: 0, copied: 0, elsewhere: 0 });
    // One place listens, on the window's own contents; the global one is not even imported.
    expect(main).not.toMatch(/\bipcMain\b/);
  });

  it('18: serves the page by a scheme of its own that has no more rights than it needs', () => {
    expect(report.handled).toEqual(['handle app']);
    expect(report.schemes).toEqual([
      [
        {
          scheme: 'app',
          privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
        },
      ],
    ]);
    expect(main).not.toMatch(/loadFile\(|loadURL\([^)]*file:/);
  });

  it('20: exposes three functions and no part of Electron to the page', () => {
    const api = exposed(preload);
    expect(Object.keys(api.given)).toEqual(['beforehand']);
    expect(
      Object.entries(api.given['beforehand'] ?? {}).map(([name, value]) => [name, typeof value]),
    ).toEqual([
      ['send', 'function'],
      ['onMessage', 'function'],
      ['onClose', 'function'],
    ]);
    // What a listener of the page gets is the message alone, never the event that carries the sender.
    const got: unknown[][] = [];
    api.given['beforehand']?.['onMessage']?.((...values: unknown[]) => got.push(values));
    api.emit({ sender: 'ipcRenderer' }, { id: 1 });
    expect(got).toEqual([[{ id: 1 }]]);
    api.given['beforehand']?.['send']?.({ id: 2 }, 'and', 'more');
    expect(api.sent).toEqual([['beforehand', { id: 2 }]]);
  });
});

describe('19: the fuses', () => {
  // 1 stays 1: our own process is a utility process and runs no scripts (docs/decisions/llmProcess.md).
  const WANTED = {
    RunAsNode: false,
    EnableCookieEncryption: true,
    EnableNodeOptionsEnvironmentVariable: false,
    EnableNodeCliInspectArguments: false,
    EnableEmbeddedAsarIntegrityValidation: true,
    OnlyLoadAppFromAsar: true,
    LoadBrowserProcessSpecificV8Snapshot: false,
    GrantFileProtocolExtraPrivileges: false,
    WasmTrapHandlers: true,
  } as const;
  const names = Object.keys(FuseV1Options).filter((name) => Number.isNaN(Number(name)));
  const text = readFileSync(join(root, 'build', 'fuses.json'), 'utf8');
  const configured = JSON.parse(text) as Record<string, boolean>;
  const lower = (name: string) => `${name[0]?.toLowerCase()}${name.slice(1)}`;

  it('are the nine that the library knows, each with a stated value', () => {
    expect(names).toEqual(Object.keys(WANTED));
    expect(names).toHaveLength(9);
  });

  it.each(Object.entries(WANTED))('%s is %s in the release’s configuration', (name, value) => {
    expect(configured[lower(name)]).toBe(value);
  });

  it('come out of the library in a binary as they were configured, and a tenth would be an error', async () => {
    const wire = (length: number) =>
      Buffer.concat([
        Buffer.alloc(5000, 0x7f),
        Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'),
        Buffer.from([1, length]),
        Buffer.from('101100001011'.slice(0, length)),
        Buffer.alloc(5000, 0x7f),
      ]);
    const options = Object.fromEntries(
      names.map((name) => [FuseV1Options[name as keyof typeof FuseV1Options], configured[lower(name)]]),
    );
    const flip = async (length: number) => {
      const file = join(home, `binary-${length}`);
      writeFileSync(file, wire(length));
      await flipFuses(file, { version: FuseVersion.V1, strictlyRequireAllFuses: true, ...options } as never);
      return file;
    };
    const file = await flip(9);
    const now = (await getCurrentFuseWire(file)) as unknown as Record<string, number>;
    const states = names.map((_, at) => now[at]);
    expect(states).toEqual(Object.values(WANTED).map((on) => (on ? FuseState.ENABLE : FuseState.DISABLE)));
    const after = readFileSync(file);
    expect(after.subarray(5000 + 32 + 2, 5000 + 32 + 2 + 9).toString('latin1')).toBe('010011001');
    expect(after.length).toBe(wire(9).length);
    await expect(flip(10)).rejects.toThrow(/strictlyRequireAllFuses/);
  });
});

/** Runs the built preload with an Electron of two objects, and gives what it handed to the page. */
function exposed(script: string) {
  const given: Record<string, Record<string, (...values: unknown[]) => void>> = {};
  const sent: unknown[] = [];
  let heard: (...values: unknown[]) => void = () => {};
  const electron = {
    contextBridge: { exposeInMainWorld: (name: string, api: never) => void (given[name] = api) },
    ipcRenderer: {
      send: (...values: unknown[]) => void sent.push(values),
      on: (_channel: string, listener: typeof heard) => void (heard = listener),
    },
  };
  const asked: string[] = [];
  const require = (name: string) => {
    asked.push(name);
    return electron;
  };
  // oxlint-disable-next-line no-implied-eval -- a sandboxed preload is run just so, as a function of `require`
  new Function('require', 'window', 'exports', 'module', script)(require, {}, {}, { exports: {} });
  expect(asked.every((name) => name === 'electron')).toBe(true);
  return { given, sent, emit: (...values: unknown[]) => heard(...values) };
}
