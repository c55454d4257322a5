import { appendFileSync, cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createApp } from '../../src/app.ts';
import { StudyReport } from '../../src/bench/study/shape.ts';
import { createPaths } from '../../src/paths.ts';
import { demoDay, fakeMonitor, fakeNotify, folder } from '../app/platform.ts';
import { cli, startCore, writeSettings } from '../desktop/core.ts';
import { exampleFile } from './file.ts';

const DAY = 86_400_000;
const day = demoDay();

/** Three minutes apart, so that a morning of suggestions fits a test. */
function studyFile(home: string): string {
  const file = join(home, 'study.json');
  const study = {
    ...exampleFile(),
    sources: { only: ['window', 'files'] },
    settings: { cooldownSeconds: 0, eagerness: 1 },
    asks: { minutes: 0, perDay: 50 },
  };
  writeFileSync(file, JSON.stringify(study));
  return file;
}

/** A participant answers every suggestion of some recorded days, the questions too, with a taste of their own. */
async function takePart(env: NodeJS.ProcessEnv, days: number, taste: (arm: string) => boolean) {
  const source = fakeMonitor();
  let now = Date.now();
  const app = await createApp({
    paths: createPaths({ env }),
    ports: {
      clock: { now: () => now },
      spawn: () => {
        throw new Error('nothing is spawned here');
      },
      notify: fakeNotify().port,
      open: { search: async () => {}, open: async () => {} },
    },
    host: 'headless',
    demo: false,
    version: '0.0.0',
    sense: () => ({ monitors: [source.monitor], focus: () => ({ source: 'window' }) }),
  });
  for (let number = 0; number < days; number++) {
    const shift = Math.floor((Date.now() - day[0]!.at) / DAY + 1 + number) * DAY;
    for (const event of day.slice(0, 60)) {
      const id = `${event.id.slice(0, -4)}${(0xa000 + number).toString(16)}`;
      now = Math.max(now, event.at + shift + event.duration);
      source.emit({ ...event, id, at: event.at + shift });
      await app.idle();
      const { current } = await app.handlers['state.get']({});
      if (!current) continue;
      const answer = taste(current.study?.arm ?? '') ? 'accept' : 'reject';
      await app.handlers['suggestions.answer']({ id: current.id, answer, via: 'card' });
      const { study } = await app.handlers['state.get']({});
      if (study?.asks) {
        const value = answer === 'accept' ? 5 : 2;
        await app.handlers['study.reply']({
          feedback: study.asks.feedback,
          replies: [{ question: 'timing', value }],
        });
      }
    }
  }
  await app.close();
}

it(
  'apply, answer, end, export, verify and report over three participants',
  { timeout: 300_000 },
  async () => {
    const place = folder();
    const file = studyFile(place);
    const takeAndHandOver = async (number: number): Promise<string> => {
      const home = join(place, `home-${number}`);
      const env = {
        PATH: process.env['PATH'],
        HOME: home,
        BEFOREHAND_HOME: join(home, 'data'),
        XDG_RUNTIME_DIR: home,
      };
      const run = (...args: string[]) => cli(env, args);
      writeSettings(env.BEFOREHAND_HOME, {
        model: { use: 'none' },
        sources: { clipboard: true },
        dailyCap: 500,
      });
      const before = readFileSync(join(env.BEFOREHAND_HOME, 'settings.json'), 'utf8');

      if (number === 1) {
        const unasked = await run('study', 'apply', file, '--participant', `p-0${number}`);
        expect([unasked.code, unasked.out, unasked.talk]).toEqual([
          2,
          '',
          expect.stringMatching(
            /Nothing is sent by itself[^]*sources.clipboard: on -> off[^]*--yes "I agree to gate-2026"/,
          ),
        ]);
        expect((await run('study', 'apply', file, '--participant', 'p', '--yes', 'yes')).code).toBe(2);
        expect(readFileSync(join(env.BEFOREHAND_HOME, 'settings.json'), 'utf8')).toBe(before);
      }
      const applied = await run(
        'study',
        'apply',
        file,
        '--participant',
        `p-0${number}`,
        '--yes',
        'I agree to gate-2026',
        '--json',
      );
      expect([applied.code, JSON.parse(applied.out)]).toMatchObject([
        0,
        { study: 'gate-2026', consent: { participant: `p-0${number}`, how: 'phrase' } },
      ]);
      await takePart(env, 3, (arm) => (arm === 'gate-on' ? true : number === 1));

      if (number === 1) {
        const status = await run('study', 'status');
        expect(status.out).toMatch(/^Study: Does the gate help\?, until \d+ \w+ \d{4}\n/);
      }
      const ended = await run('study', 'end', '--json');
      expect([ended.code, JSON.parse(ended.out)]).toMatchObject([0, { ended: 'gate-2026', answers: 'keep' }]);
      const { studies: _, ...after } = JSON.parse(
        readFileSync(join(env.BEFOREHAND_HOME, 'settings.json'), 'utf8'),
      ) as Record<string, unknown>;
      expect(after).toEqual(JSON.parse(before));
      if (number === 1) expect((await run('study', 'end')).code).toBe(1);

      const out = join(place, `archive-${number}`);
      const exported = await run('study', 'export', '--out', out, '--json');
      expect(exported.talk).not.toContain('[');
      expect(exported.code).toBe(0);
      expect(readdirSync(out).toSorted()).toEqual([
        'manifest.json',
        'reward_data.jsonl',
        'study_answers.jsonl',
        'study_turns.jsonl',
      ]);
      const verified = await run('export', 'verify', out, '--json');
      expect([verified.code, JSON.parse(verified.out)]).toMatchObject([0, { ok: true, wrong: [] }]);
      return out;
    };
    const archives = await Promise.all([1, 2, 3].map(takeAndHandOver));

    const run = (...args: string[]) =>
      cli({ PATH: process.env['PATH'], HOME: place, BEFOREHAND_HOME: place }, args);
    const html = join(place, 'report.html');
    const reported = await run('study', 'report', ...archives, '--json', '--html', html);
    const report = StudyReport.parse(JSON.parse(reported.out));
    const row = (arm: string) => report.rows.find((each) => each.arm === arm)!;
    const rowsOf = (name: string) =>
      archives.flatMap((each) =>
        readFileSync(join(each, name), 'utf8')
          .trim()
          .split('\n')
          .map((line) => JSON.parse(line) as Record<string, unknown>),
      );
    const answers = rowsOf('study_answers.jsonl');
    for (const arm of ['gate-on', 'gate-off']) {
      const mine = answers.filter((each) => each['arm'] === arm);
      const count = (label: string) => mine.filter((each) => each['label'] === label).length;
      expect([arm, count('accepted') + count('rejected') > 1]).toEqual([arm, true]);
      expect(row(arm).counts).toMatchObject({
        accepted: count('accepted'),
        rejected: count('rejected'),
        turns: rowsOf('study_turns.jsonl').filter((each) => each['arm'] === arm).length,
      });
      expect(row(arm).participants).toBe(3);
      expect(row(arm).figures.accept.value).toBeCloseTo(
        count('accepted') / (count('accepted') + count('rejected') + count('ignored')),
      );
    }
    // Everybody accepts with the gate on, one of three with it off: a difference that resampling people cannot lose.
    const [difference] = report.differences;
    expect(difference).toMatchObject({ arm: 'gate-off', from: 'gate-on' });
    expect(difference!.figures.accept.value).toBeLessThan(0);
    expect(row('gate-on').scales['timing']!.value).toBe(5);
    const page = readFileSync(html, 'utf8');
    expect([page.includes('<svg'), /(?:src|href)="(?!#)/.test(page)]).toEqual([true, false]);
    const bench = join(place, 'bench.html');
    expect((await run('bench', 'report', '--out', bench)).code).toBe(0);
    expect(readFileSync(bench, 'utf8')).toContain('Difference from gate-on');
    const again = await run('study', 'report', ...archives.toReversed(), '--json');
    expect((JSON.parse(again.out) as StudyReport).rows.map((each) => each.counts)).toEqual(
      report.rows.map((each) => each.counts),
    );

    const copy = join(place, 'copy');
    cpSync(archives[0]!, copy, { recursive: true });
    const twice = await run('study', 'report', ...archives, copy);
    expect([twice.code, twice.out, twice.talk.trim()]).toEqual([
      1,
      '',
      expect.stringMatching(/is a second archive of what .* holds \(participant p-01\): leave it out$/),
    ]);
    appendFileSync(join(copy, 'study_answers.jsonl'), '\n');
    const touched = await run('study', 'report', ...archives.slice(1), copy);
    expect([touched.code, touched.talk.trim()]).toEqual([
      1,
      expect.stringMatching(/was changed: study_answers.jsonl is not what was exported; ask the participant/),
    ]);
    mkdirSync(join(place, 'empty'));
    expect((await run('study', 'report', join(place, 'empty'))).talk).toContain('there is no file');
  },
);

it(
  'through a running core: apply, the line that every surface shows, end, delete',
  { timeout: 60_000 },
  async () => {
    const home = folder();
    const env = {
      PATH: process.env['PATH'],
      HOME: home,
      BEFOREHAND_HOME: join(home, 'data'),
      XDG_RUNTIME_DIR: home,
    };
    writeSettings(env.BEFOREHAND_HOME, {
      model: { use: 'none' },
      dailyCap: 7,
      sources: { window: false, idle: false, clipboard: false, keyboard: false, files: false },
    });
    const file = join(home, 'study.json');
    writeFileSync(file, JSON.stringify({ ...exampleFile(), sources: { only: ['window'] } }));
    const core = await startCore({ home: env.BEFOREHAND_HOME, env, args: ['--host', 'headless'] });
    try {
      const run = (...args: string[]) => cli(env, args);
      const agree = ['--participant', 'p-01', '--yes', 'I agree to gate-2026'];
      expect((await run('study', 'apply', file, ...agree)).code).toBe(0);
      expect((await core.client.call('settings.get', {})).dailyCap).toBe(20);
      expect((await core.client.call('state.get', {})).study).toMatchObject({ title: 'Does the gate help?' });
      const doctor = JSON.parse((await run('doctor', '--json')).out) as {
        findings: { what: string; detail: string }[];
      };
      expect(doctor.findings.find((each) => each.what === 'study')?.detail).toMatch(
        /^Does the gate help\?, until /,
      );
      const held = await run('models', 'use', 'smollm2-135m');
      expect([held.code, held.talk]).toEqual([1, expect.stringContaining('end the study first')]);
      const second = await run('study', 'apply', file, ...agree);
      expect([second.code, second.talk]).toEqual([1, expect.stringContaining('is in force: end it first')]);
      const ended = await run('study', 'end', '--answers', 'delete', '--json');
      expect([ended.code, JSON.parse(ended.out)]).toMatchObject([0, { answers: 'delete' }]);
      expect((await core.client.call('settings.get', {})).dailyCap).toBe(7);
      expect((await core.client.call('state.get', {})).study).toBeUndefined();
    } finally {
      await core.stop();
    }
  },
);
