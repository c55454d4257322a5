import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findBrowser, openWindow, windowArguments } from '../../src/server/window.ts';
import { until } from '../until.ts';

const URL = 'http://127.0.0.1:4000/#token=AbC_-9';

describe('a window of its own', () => {
  let home: string;
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'window-'));
    mkdirSync(join(home, 'bin'));
  });
  afterEach(() => rmSync(home, { recursive: true, force: true }));
  const browser = (name: string, script: string) => {
    writeFileSync(join(home, 'bin', name), `#!/bin/sh\n${script}\n`);
    chmodSync(join(home, 'bin', name), 0o700);
  };
  const env = () => ({ PATH: join(home, 'bin'), SEEN: join(home, 'seen') });

  it('takes the first browser that there is, or none', async () => {
    expect(findBrowser(env(), 'linux')).toBeNull();
    expect(await openWindow(URL, { folder: home, env: env() })).toBeNull();
    browser('microsoft-edge', '');
    browser('brave-browser', '');
    expect(findBrowser(env(), 'linux')).toBe(join(home, 'bin', 'brave-browser'));
    browser('chromium', '');
    expect(findBrowser(env(), 'linux')).toBe(join(home, 'bin', 'chromium'));
  });

  it('shows the token to nobody else: not in the arguments, not in a readable file', async () => {
    browser('chromium', 'echo "$@" > "$SEEN"; exec /bin/sleep 30');
    mkdirSync(join(home, 'window'), { mode: 0o777 });
    writeFileSync(join(home, 'elsewhere'), 'untouched');
    symlinkSync(join(home, 'elsewhere'), join(home, 'window', 'open.html'));
    const window = await openWindow(URL, { folder: home, env: env() });
    const seen = await until(
      'the arguments',
      () => existsSync(env().SEEN) && readFileSync(env().SEEN, 'utf8'),
    );
    expect(seen).not.toMatch(/token|AbC/);
    const door = join(home, 'window', 'open.html');
    expect(seen).toContain(`--app=file://${door}`);
    expect(statSync(door).mode & 0o777).toBe(0o600);
    expect(statSync(join(home, 'window')).mode & 0o777).toBe(0o700);
    expect(readFileSync(door, 'utf8')).toContain(`content="0;url=${URL}"`);
    expect(readFileSync(join(home, 'elsewhere'), 'utf8')).toBe('untouched');
    await window?.close();
    await window?.closed;
    expect(existsSync(door)).toBe(false);
  });

  it('is null when the browser ends at once, as without a display', async () => {
    browser('chromium', 'exit 1');
    expect(await openWindow(URL, { folder: home, env: env() })).toBeNull();
  });

  it('ends a browser that does not listen', async () => {
    browser('chromium', 'trap "" TERM; while :; do /bin/sleep 0.1; done');
    const window = await openWindow(URL, { folder: home, env: env() });
    expect(window).not.toBeNull();
    await window?.close();
  });

  it('gives up the sandbox as root only', () => {
    expect(windowArguments('file:///x', '/p', false)).not.toContain('--no-sandbox');
    expect(windowArguments('file:///x', '/p', true)).toContain('--no-sandbox');
  });

  it.each(['https://evil.example/#token=x', 'http://127.0.0.1:1/#token=x"><script>', 'javascript:alert(1)'])(
    'writes no other address than ours: %s',
    async (url) => {
      browser('chromium', 'exec /bin/sleep 30');
      await expect(openWindow(url, { folder: home, env: env() })).rejects.toThrow('no address of our server');
    },
  );
});
