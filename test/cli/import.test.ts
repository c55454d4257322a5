import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { exportOf } from '../app/importing.ts';
import { writeExport } from '../bench/import.ts';
import { cli, root, startCore, writeSettings } from '../desktop/core.ts';

const home = mkdtempSync(join(tmpdir(), 'beforehand-import-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));
const env = {
  PATH: process.env['PATH'],
  HOME: home,
  BEFOREHAND_HOME: join(home, 'data'),
  XDG_RUNTIME_DIR: home,
};
const run = (...args: string[]) => cli(env, ['import', ...args]);
const file = join(home, 'export.json');
writeFileSync(file, JSON.stringify(exportOf(Date.now() - 3_600_000)));

interface Counts {
  readonly kept: number;
  readonly known: number;
  readonly old: number;
  readonly dropped: number;
  readonly stopped: boolean;
  readonly dryRun: boolean;
}
const counts = (out: string) => JSON.parse(out) as Counts;

/** Every byte that was written under the data folder, of files that are not encrypted too. */
function everyByte(folder: string): string {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((each) => each.isFile())
    .map((each) => readFileSync(join(each.parentPath, each.name), 'latin1'))
    .join('\n');
}

it(
  'counts on a dry run, keeps, finds it again through a running core, and says what is bad',
  { timeout: 120_000 },
  async () => {
    const dry = await run('--dry-run', '--json', file);
    expect([dry.code, counts(dry.out).dryRun]).toEqual([0, true]);
    expect(dry.talk).toContain('Older events are left out');
    expect(existsSync(join(home, 'data', 'log.db'))).toBe(false);
    const first = await run('--json', file);
    expect([first.code, counts(first.out)]).toMatchObject([0, { kept: counts(dry.out).kept, known: 0 }]);

    writeSettings(env.BEFOREHAND_HOME, {
      model: { use: 'none' },
      sources: { window: false, idle: false, clipboard: false, keyboard: false, files: false },
    });
    const core = await startCore({ home: env.BEFOREHAND_HOME, env, args: ['--host', 'headless'] });
    try {
      const again = await run('--json', file);
      expect([again.code, counts(again.out)]).toMatchObject([0, { kept: 0, known: counts(first.out).kept }]);
      const { rows } = await core.client.call('observations.list', { limit: 100 });
      expect(rows.map((row) => row.event).join('\n')).toMatch(/merge tables/);
      expect(JSON.stringify(rows)).not.toContain('canary');
    } finally {
      await core.stop();
    }
    expect(everyByte(env.BEFOREHAND_HOME)).not.toContain('canary');

    const old = join(home, 'old.json');
    writeFileSync(old, JSON.stringify(exportOf(Date.UTC(2020, 0, 1))));
    const left = await run('--json', old);
    expect(counts(left.out)).toMatchObject({ kept: 0, old: counts(first.out).kept });
    const kept = await run('--dry-run', '--keep-old', '--json', old);
    expect(kept.talk).toContain('goes again with the next clean-up');
    expect(counts(kept.out)).toMatchObject({ kept: counts(first.out).kept, old: 0 });

    const bad = join(home, 'bad.json');
    writeFileSync(bad, '{"buckets": {"w": {"type": "currentwindow", "events": [\n{"canary": 1}]}}}');
    const failed = await run(bad);
    expect([failed.code, failed.out]).toEqual([1, '']);
    expect(failed.talk).toContain('line 2, character 56: this is not an event');
    expect(failed.talk).not.toContain('canary');
    expect((await run(join(home, 'nowhere'))).code).toBe(1);
    expect((await run()).code).toBe(2);
  },
);

it('Ctrl-C keeps what was acknowledged, and the same command goes on', { timeout: 180_000 }, async () => {
  const mine = { ...env, BEFOREHAND_HOME: join(home, 'other'), XDG_RUNTIME_DIR: join(home, 'other') };
  const large = join(home, 'large.json');
  const events = writeExport(large, 1.2);
  const args = [join(root, 'src', 'cli.ts'), 'import', '--keep-old', '--json', large];
  const child = spawn(process.execPath, args, { cwd: root, env: mine, stdio: ['ignore', 'pipe', 'pipe'] });
  let out = '';
  let talk = '';
  child.stdout.on('data', (chunk: Buffer) => (out += String(chunk)));
  // Half is the first reading, of windows only; so this is in the middle of the second.
  child.stderr.on('data', (chunk: Buffer) => {
    talk += String(chunk);
    if (/[67]0 %/.test(talk)) child.kill('SIGINT');
  });
  const code = await new Promise((resolve) => child.once('close', resolve));
  expect([code, talk]).toEqual([1, expect.stringContaining('run the same command again')]);
  const first = counts(out);
  expect(first).toMatchObject({ stopped: true });
  expect(first.kept).toBeGreaterThan(0);
  const rest = await cli(mine, ['import', '--keep-old', '--json', large]);
  expect(counts(rest.out)).toMatchObject({ stopped: false, known: first.kept });
  const again = counts(rest.out);
  expect(first.kept + again.kept + again.dropped).toBe(events);
});
