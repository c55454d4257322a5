import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { connectLog } from '../../src/log/owner.ts';
import { cli, root, startCore, writeSettings } from '../desktop/core.ts';
import { observation } from '../log/rows.ts';

const folder = mkdtempSync(join(tmpdir(), 'beforehand-move-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const envOf = (name: string) => ({
  PATH: process.env['PATH'],
  HOME: folder,
  BEFOREHAND_HOME: join(folder, name),
  XDG_RUNTIME_DIR: folder,
});

/** A verb that reads a passphrase from standard input. */
async function withPassphrase(env: NodeJS.ProcessEnv, args: readonly string[], passphrase: string) {
  const child = spawn(process.execPath, [join(root, 'src', 'cli.ts'), ...args, '--passphrase-stdin'], {
    cwd: root,
    env,
    stdio: 'pipe',
  });
  let talk = '';
  let out = '';
  child.stderr.on('data', (chunk) => (talk += String(chunk)));
  child.stdout.on('data', (chunk) => (out += String(chunk)));
  child.stdin.end(`${passphrase}\n`);
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { code, out, talk };
}

it('changes the key of a running core, forgets a site, and moves its log to another machine', async () => {
  const env = envOf('old');
  writeSettings(env.BEFOREHAND_HOME, { model: { use: 'none' }, sources: { files: false } });
  const core = await startCore({ home: env.BEFOREHAND_HOME, env, args: ['--host', 'headless'] });
  const archive = join(folder, 'move.beforehand');
  const passphrase = 'three words or more';
  try {
    const log = (await connectLog(core.paths.socket))!;
    await log.observe([observation('kept'), observation('gone', { site: 'my.example.org' })]);
    const key = readFileSync(core.paths.keyFile, 'utf8');
    expect((await cli(env, ['log', 'rotate-key'])).code).toBe(0);
    expect(readFileSync(core.paths.keyFile, 'utf8')).not.toBe(key);
    const copy = join(folder, 'copy.db');
    expect((await cli(env, ['log', 'backup', copy])).code).toBe(0);
    const forgot = await cli(env, ['log', 'forget', '--site', 'example.org']);
    expect(forgot.out).toContain('Forgot 1 observations.');
    expect(forgot.out).toContain(`The copy ${copy} still holds what it held`);
    const refused = await cli(env, ['log', 'rotate-key']);
    expect(refused).toMatchObject({ code: 2 });
    expect(refused.talk).toContain('--yes');
    expect((await cli(env, ['log', 'rotate-key', '--yes'])).code).toBe(0);
    const packed = await withPassphrase(env, ['log', 'pack', archive], passphrase);
    expect(packed).toMatchObject({ code: 0 });
    expect(JSON.stringify(await log.copies())).toContain(archive);
    const busy = await withPassphrase(env, ['log', 'unpack', archive], passphrase);
    expect(busy.talk).toContain('is running');
    await log.close();
  } finally {
    await core.stop();
  }
  const there = envOf('new');
  const wrong = await withPassphrase(there, ['log', 'unpack', archive], 'another three words');
  expect(wrong).toMatchObject({ code: 1 });
  expect(wrong.talk).toContain('passphrase');
  expect(existsSync(join(there.BEFOREHAND_HOME, 'log.db'))).toBe(false);
  expect(await withPassphrase(there, ['log', 'unpack', archive], passphrase)).toMatchObject({ code: 0 });
  const shown = await cli(there, ['log', 'show']);
  expect(shown.out).toContain('kept');
  expect(shown.out).not.toContain('gone');
}, 180_000);
