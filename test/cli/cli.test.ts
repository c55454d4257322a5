import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { cli, root, startCore, writeSettings } from '../desktop/core.ts';
import { loraAdapter } from '../model/adapter.ts';

const home = mkdtempSync(join(tmpdir(), 'beforehand-cli-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));
/** No display, no bus, nothing of the person's own. */
const env = {
  PATH: process.env['PATH'],
  HOME: home,
  BEFOREHAND_HOME: join(home, 'data'),
  XDG_RUNTIME_DIR: home,
};
const run = (...args: string[]) => cli(env, args);
const day = join(root, 'src', 'assets', 'demo', 'day.jsonl');

const VERBS = [
  ['run'],
  ['pause'],
  ['resume'],
  ['undo'],
  ['replay'],
  ['models', 'list'],
  ['models', 'pull'],
  ['models', 'verify'],
  ['models', 'bench'],
  ['models', 'measure'],
  ['models', 'use'],
  ['bench', 'data'],
  ['bench', 'need'],
  ['bench', 'proactivebench'],
  ['bench', 'report'],
  ['bench', 'reward'],
  ['bench', 'latency'],
  ['bench', 'learning'],
  ['bench', 'skips'],
  ['bench', 'timing'],
  ['reward', 'train'],
  ['reward', 'card'],
  ['reward', 'use'],
  ['reward', 'compare'],
  ['export'],
  ['export', 'verify'],
  ['import'],
  ['annotate'],
  ['log', 'show'],
  ['log', 'why'],
  ['log', 'audit'],
  ['log', 'forget'],
  ['log', 'check'],
  ['log', 'backup'],
  ['log', 'rotate-key'],
  ['log', 'pack'],
  ['log', 'unpack'],
  ['receipts'],
  ['doctor'],
  ['what-if'],
  ['study', 'apply'],
  ['study', 'status'],
  ['study', 'end'],
  ['study', 'export'],
  ['study', 'report'],
  ['study', 'template'],
  ['mcp', 'servers'],
  ['mcp', 'tools'],
  ['mcp', 'allow'],
  ['mcp', 'forbid'],
  ['mcp', 'add'],
  ['mcp', 'remove'],
  ['mcp', 'share'],
  ['mcp', 'serve'],
];

it('every verb has --help on stdout, with --json among its options', { timeout: 600_000 }, async () => {
  const left = [...VERBS];
  // A process for each: one core would be idle while the other reads files.
  const some = async () => {
    for (let verb = left.shift(); verb; verb = left.shift()) {
      const { code, out, talk } = await run(...verb, '--help');
      expect([verb, code, talk]).toEqual([verb, 0, '']);
      expect(out).toContain('--json');
    }
  };
  await Promise.all([some(), some(), some()]);
});

it.each([
  [['nonsense']],
  [['run', '--nonsense']],
  [['pause', 'a while']],
  [['pause', '0m']],
  [['pause', '8d']],
  [['pause', '']],
  [['log', 'show', '--limit', '0']],
  [['log', 'forget']],
  [['log', 'forget', '--everything', '--app', 'Code']],
  [['log', 'forget', '--from', '2026-01-31T09:00']],
  [['log', 'forget', '--site', 'example.org', '--app', 'Code']],
  [['log', 'forget', '--site', 'http://']],
  [['log', 'forget', '--site', 'no host']],
  [['log', 'forget', '--event', 'not-an-id']],
  [['log', 'pack', 'x']],
  [['log', 'unpack', 'x']],
  [['models', 'use', 'nobody']],
  [['reward', 'train', '--what', 'taste', '--data', 'x']],
  [['reward', 'train', '--what', 'gate']],
  [['reward', 'train', '--data', 'x']],
  [['reward', 'use']],
  [['export', '--format', 'xml', '--out', 'x']],
  [['export', '--out', 'x']],
  [['export', '--format', 'csv']],
  [['export', '--format', 'csv', '--out', '']],
  [['annotate']],
  [['annotate', '.', '--annotator', '../x', '--agreement']],
  [['annotate', '.', '--agreement', '--convert', 'x']],
])('wrong usage is 2, and says so on stderr alone: %j', async (args) => {
  const { code, out, talk } = await run(...args);
  expect([code, out, talk.length > 0]).toEqual([2, '', true]);
});

it('models use takes an adapter with its hash into the settings, and off again; not what is none', async () => {
  const file = join(home, 'mine.gguf');
  writeFileSync(file, loraAdapter(64, 1));
  const adapterDigest = createHash('sha256').update(readFileSync(file)).digest('hex');
  const kept = () =>
    JSON.parse(readFileSync(join(home, 'data', 'settings.json'), 'utf8')).model.adapter as string | null;
  const used = await run('models', 'use', 'smollm2-135m', '--adapter', file, '--json');
  expect(used.code).toBe(0);
  expect(JSON.parse(used.out)).toEqual({ use: 'smollm2-135m', adapter: file, adapterDigest });
  expect(kept()).toBe(file);
  for (const [option, wrong, words] of [
    ['--adapter', day, 'not a GGUF'],
    ['--adapter', join(home, 'none.gguf'), 'is not there'],
    ['--file', file, 'an adapter, not a model'],
  ] as const) {
    const refused = await run('models', 'use', 'smollm2-135m', option, wrong);
    expect([refused.code, refused.out, refused.talk.includes(words)]).toEqual([1, '', true]);
  }
  expect(kept()).toBe(file);
  expect((await run('models', 'use', 'none', '--adapter', file)).code).toBe(2);
  expect((await run('models', 'use', 'smollm2-135m')).code).toBe(0);
  expect(kept()).toBeNull();
}, 60_000);

it('without a log, a model or a display: named on stderr, exit 1', { timeout: 60_000 }, async () => {
  const shown = await run('log', 'show', '--json');
  expect([shown.code, shown.out]).toEqual([1, '']);
  expect(shown.talk).toContain('nothing was kept yet');
  const verified = await run('models', 'verify', '--json');
  expect([verified.code, JSON.parse(verified.out)]).toMatchObject([1, { state: 'missing' }]);
  const listed = await run('models', 'list', '--json');
  const rows = JSON.parse(listed.out) as { alias: string; installed: boolean; inUse: boolean }[];
  expect([listed.code, rows.some((row) => row.installed)]).toEqual([0, false]);
  expect(rows.filter((row) => row.inUse).map((row) => row.alias)).toEqual(['smollm2-135m']);
  const used = await run('models', 'use', 'qwen3-0.6b', '--json');
  expect([used.code, JSON.parse(used.out)]).toEqual([0, { use: 'qwen3-0.6b' }]);
  expect(used.talk).toContain('models pull qwen3-0.6b');
  const doctor = await run('doctor', '--json');
  const { running, findings } = JSON.parse(doctor.out) as {
    running: boolean;
    findings: { what: string; state: string; mend?: string }[];
  };
  expect([doctor.code, running]).toEqual([1, false]);
  expect(findings.find((each) => each.what === 'source window')).toMatchObject({
    state: 'wrong',
    mend: expect.any(String),
  });
  const gone = await run('replay', join(home, 'nowhere.jsonl'));
  expect([gone.code, gone.out]).toEqual([1, '']);
});

it('replay prints decisions and a summary, as JSON and nothing else', async () => {
  const { code, out } = await run('replay', day, '--limit', '60', '--json');
  const { decisions, summary } = JSON.parse(out) as { decisions: object[]; summary: Record<string, number> };
  expect(code).toBe(0);
  expect(Object.keys(summary)).toEqual([
    'windows',
    'proposals',
    'silences',
    'prefillTokens',
    'naivePrefillTokens',
    'outputTokens',
    'medianSilenceTokens',
  ]);
  expect(decisions.length).toBe(summary['windows']);
  expect(summary['windows']).toBe(summary['proposals']! + summary['silences']!);
  expect(decisions[0]).toMatchObject({ file: day, event: expect.any(String), outcome: expect.any(String) });
});

it('log and export, through a running core and without one', { timeout: 240_000 }, async () => {
  writeSettings(env.BEFOREHAND_HOME, {
    model: { use: 'none' },
    sources: { window: false, idle: false, clipboard: false, keyboard: false, files: false },
  });
  const core = await startCore({ home: env.BEFOREHAND_HOME, env, args: ['--host', 'headless'] });
  const look = async (name: string) => {
    const checked = await run('log', 'check', '--json');
    expect([checked.code, JSON.parse(checked.out)]).toMatchObject([0, { integrity: 'ok' }]);
    for (const verb of ['show', 'why']) {
      const { code, out } = await run('log', verb, '--json');
      expect([code, Array.isArray(JSON.parse(out))]).toEqual([0, true]);
    }
    const copy = join(home, `${name}.db`);
    expect((await run('log', 'backup', copy, '--json')).code).toBe(0);
    expect([statSync(copy).mode & 0o777, readFileSync(copy).includes('SQLite format')]).toEqual([
      0o600,
      false,
    ]);
    expect((await run('log', 'backup', copy)).code).toBe(1);
    const folder = join(home, name);
    const preview = await run('export', '--format', 'csv', 'trl-unpaired', '--preview', '--json');
    expect([preview.code, existsSync(folder)]).toEqual([0, false]);
    expect(JSON.parse(preview.out)).toMatchObject({ answers: 0, consent: expect.any(String), rows: [] });
    const exported = await run('export', '--format', 'csv', '--out', folder, '--json');
    expect([exported.code, existsSync(folder) && readdirSync(folder).length > 0]).toEqual([0, true]);
    // Nothing but the manifest on stdout; what was agreed to on stderr.
    expect(JSON.parse(exported.out)).toMatchObject({ formats: ['csv'], replaced: expect.any(Object) });
    expect(exported.talk).toContain('This export holds every answer');
    const good = await run('export', 'verify', folder, '--json');
    expect([good.code, JSON.parse(good.out)]).toEqual([0, { ok: true, files: 1, rows: 0, wrong: [] }]);
    writeFileSync(join(folder, 'stray'), '');
    const bad = await run('export', 'verify', folder);
    expect([bad.code, bad.out]).toEqual([1, `${join(folder, 'stray')} is no part of this export\n`]);
  };
  try {
    await look('running');
    expect((await run('run', '--host', 'headless')).code).toBe(1);
  } finally {
    await core.stop();
  }
  await look('alone');
  const forgotten = await run('log', 'forget', '--everything', '--json');
  expect([forgotten.code, JSON.parse(forgotten.out)]).toMatchObject([0, { forgotten: expect.any(Number) }]);
});
