import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { ProactiveBenchRow } from '../../src/export/proactivebench.ts';
import { folderWith, STEPS } from '../annotation/fixtures.ts';
import { cli, root } from '../desktop/core.ts';
import { needs } from '../needs.ts';
import { until } from '../until.ts';

const home = mkdtempSync(join(tmpdir(), 'beforehand-annotate-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));
const env = { PATH: process.env['PATH'], HOME: home, BEFOREHAND_HOME: join(home, 'data'), SHELL: '/bin/sh' };
const run = (...args: string[]) => cli(env, args);

it(
  'without a terminal, a name or a folder: one sentence, and nothing is made',
  { timeout: 60_000 },
  async () => {
    const folder = folderWith({ 'a.json': STEPS });
    const piped = await run('annotate', folder);
    expect([piped.code, piped.out]).toEqual([2, '']);
    expect(piped.talk.trim()).toBe(
      '[annotation] annotating needs a terminal: run it in one, or pass --agreement or --convert FILE',
    );
    const gone = await run('annotate', join(folder, 'none'), '--agreement');
    expect([gone.code, gone.out]).toEqual([1, '']);
    expect(gone.talk).toContain('name a folder of traces');
    const early = await run('annotate', folder, '--convert', join(home, 'early.jsonl'));
    expect([early.code, existsSync(join(home, 'early.jsonl'))]).toEqual([1, false]);
    expect(early.talk).toContain('no trace is ready to convert (none was begun)');
    const empty = await run('annotate', folder, '--agreement', '--json');
    expect([empty.code, JSON.parse(empty.out)]).toMatchObject([0, { annotators: [], traces: 0 }]);
    expect(existsSync(env.BEFOREHAND_HOME)).toBe(false);
  },
);

/** `beforehand annotate` on a terminal of its own, 80 by 24. */
function onTerminal(...args: readonly string[]) {
  const line = [process.execPath, join(root, 'src', 'cli.ts'), 'annotate', ...args]
    .map((each) => `'${each}'`)
    .join(' ');
  const child = spawn('script', ['-qefc', `stty cols 80 rows 24; exec ${line}`, join(home, 'typescript')], {
    env: { ...env, TERM: 'xterm' },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  let shown = '';
  child.stdout.on('data', (part: Buffer) => (shown += part.toString()));
  const ended = new Promise<number | null>((resolve) => child.on('exit', resolve));
  return {
    ended,
    shown: () => shown,
    /** The last whole screen, without its sequences. */
    // oxlint-disable-next-line no-control-regex -- sequences are what is taken away
    screen: () => (shown.split('\u001b[H').at(-1) ?? '').replace(/\u001b\[[0-9;?]*[a-zA-Z]/g, ''),
    type: (keys: string) => child.stdin.write(keys),
  };
}

needs(['script'], 'annotate on a terminal', () => {
  it('two people annotate by keys, agree by hand-counted figures, and give reward data', async () => {
    const evil = structuredClone(STEPS);
    evil[0]!.observation.event = 'Opens \u001b]0;owned\u0007notes.';
    const folder = folderWith({ 'a.json': evil, 'b.json': STEPS.slice(1) });
    const out = join(home, 'out');
    const seen = async (terminal: ReturnType<typeof onTerminal>, text: string) =>
      until(`the screen shows ${text}`, () => terminal.screen().includes(text));

    const ada = onTerminal(folder, '--annotator', 'Ada', '--out', out);
    await seen(ada, 'event 1 of 3');
    ada.type('\r');
    await seen(ada, 'Tick what you would take, or press n for none.');
    // Arrows as a terminal sends them: down to the second, tick; up to the first, tick.
    ada.type('\u001b[B \u001b[A ');
    await seen(ada, '[x]  1');
    ada.type('\r');
    await seen(ada, 'event 3 of 3');
    ada.type('n\r');
    await seen(ada, 'a.json is finished');
    ada.type('u');
    await seen(ada, 'event 3 of 3');
    ada.type('q');
    expect(await ada.ended).toBe(0);
    expect(ada.shown()).toContain('\u001b[?1049l');
    expect(ada.shown()).not.toContain('\u001b]0;owned');

    // She was in the middle of the trace, so nobody is told anything of it.
    const blind = await run('annotate', folder, '--out', out, '--agreement', '--json');
    expect(JSON.parse(blind.out)).toMatchObject({ annotators: [], leftOut: ['a.json'] });

    const again = onTerminal(folder, '--annotator', 'ada', '--out', out);
    await seen(again, 'answered 1 of 2');
    again.type('n\r\r');
    await seen(again, 'b.json (2/2)');
    again.type('\u0003');
    expect(await again.ended).toBe(0);

    const ben = onTerminal(folder, '--annotator', 'Ben', '--out', out);
    await seen(ben, 'answered 0 of 2');
    ben.type('1\rn\r');
    await seen(ben, 'a.json is finished');
    ben.type('q');
    expect(await ben.ended).toBe(0);
    expect(readdirSync(out)).toHaveLength(2);

    const agreed = await run('annotate', folder, '--out', out, '--agreement');
    expect(agreed.out).toContain('1 traces, annotators: Ada, Ben');
    // Candidates y/y y/n n/n n/n n/n: 4 of 5 agree; p_e = (2 * 1 + 3 * 4) / 25.
    expect(agreed.out).toMatch(/votes on candidates +5 +10 +90\.00 % +90\.00 % +80\.00 % +0\.545/);
    expect(agreed.out).toContain('91.67 %');
    expect(agreed.out).toMatch(/test split: Not a target/);

    const file = join(home, 'reward.jsonl');
    const made = await run('annotate', folder, '--out', out, '--convert', file, '--json');
    expect(JSON.parse(made.out)).toEqual({
      file,
      rows: 6,
      windows: 2,
      categories: {
        'Correct-Detection (CD)': 1,
        'False-Alarm (FA)': 3,
        'Missed-Need (MN)': 1,
        'Correct-Rejection (CR)': 1,
      },
      leftOut: { 'event without candidates': 1, 'proposal with a tied vote': 1 },
    });
    const rows = readFileSync(file, 'utf8').trimEnd().split('\n');
    expect(rows.map((row) => ProactiveBenchRow.parse(JSON.parse(row)).annotation.length)).toEqual(
      Array(6).fill(2),
    );
    const twice = await run('annotate', folder, '--out', out, '--convert', file);
    expect([twice.code, readFileSync(file, 'utf8').trimEnd().split('\n')]).toEqual([1, rows]);

    // A trace that changes under its answers is told, and what was answered is kept.
    writeFileSync(join(folder, 'a.json'), JSON.stringify([...evil, STEPS[0]]));
    const changed = onTerminal(folder, '--annotator', 'Ben', '--out', out);
    await seen(changed, 'a.json has changed since Ben annotated it, so its 2 answers are kept');
    changed.type('q');
    expect(await changed.ended).toBe(0);
  }, 60_000);
});
