import { existsSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createExports, type Exports } from '../../src/app/exports.ts';
import { contract } from '../../src/contract.ts';
import { verifyExport } from '../../src/export/verify.ts';
import type { ExportChoice } from '../../src/model/exporting.ts';
import { createPaths } from '../../src/paths.ts';
import { DAY, dayLog, NAMES } from '../export/day.ts';

let home: string;
let exports: Exports;
let heard: number;
beforeEach(async () => {
  home = realpathSync(mkdtempSync(join(tmpdir(), 'beforehand-exports-')));
  heard = 0;
  exports = createExports({
    paths: createPaths({ env: { BEFOREHAND_HOME: join(home, 'data') } }),
    log: await dayLog(),
    clock: { now: () => DAY },
    version: '0.0.0-test',
    onProgress: () => void (heard += 1),
  });
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const choice: ExportChoice = { formats: ['agent-sharegpt', 'csv'], names: 'replace', hide: ['router'] };

describe('the window’s exports', () => {
  it('show first, with the words and a free folder; then write exactly there, and offer another next', async () => {
    const shown = contract['export.preview'].output.parse(await exports.preview(choice));
    expect(shown.folder).toBe(join(home, 'data', 'exports', '2026-01-15-all'));
    expect(existsSync(join(home, 'data'))).toBe(false);
    const done = contract['export.write'].output.parse(await exports.write(choice, shown.consent));
    expect(done.folder).toBe(shown.folder);
    expect(await verifyExport(done.folder)).toMatchObject({ ok: true, rows: 16 });
    const text = readFileSync(join(done.folder, 'feedback.csv'), 'utf8');
    for (const name of [...NAMES, 'router']) expect(text, name).not.toContain(name);
    expect((await exports.preview(choice)).folder).toBe(`${shown.folder}-2`);
    expect(heard).toBeGreaterThan(0);
  });

  it('are worded as the agent and the judge are asked', async () => {
    const { consent } = await exports.preview({ ...choice, formats: ['reward-alpaca'] });
    const { folder } = await exports.write({ ...choice, formats: ['reward-alpaca'] }, consent);
    const { prompts } = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as {
      prompts: unknown;
    };
    expect(prompts).toEqual({ agent: null, judge: 'judge-1' });
    const [first] = readFileSync(join(folder, 'reward_alpaca.jsonl'), 'utf8').split('\n');
    expect(JSON.parse(JSON.parse(first!).output as string)).toEqual({ judgement: 'accepted' });
  });

  it('are refused without the words that were shown, for other formats, or for other names', async () => {
    const { consent } = await exports.preview(choice);
    for (const [other, words] of [
      [choice, 'yes'],
      [{ ...choice, formats: ['activitywatch'] }, consent],
      [{ ...choice, names: 'keep' }, consent],
    ] as const)
      await expect(exports.write(other as ExportChoice, words)).rejects.toMatchObject({ code: 'refused' });
    expect(existsSync(join(home, 'data'))).toBe(false);
  });

  it('go where the person typed, but not among the program’s own files', async () => {
    const { consent } = await exports.preview(choice);
    expect((await exports.write(choice, consent, join(home, 'mine'))).folder).toBe(join(home, 'mine'));
    const refused = (folder: string) => exports.write(choice, consent, folder);
    await expect(refused('mine')).rejects.toMatchObject({ code: 'bad-input' });
    await expect(refused(join(home, 'nowhere', 'x'))).rejects.toMatchObject({ code: 'not-found' });
    // The data folder exists once something was written into it.
    await exports.write(choice, consent);
    symlinkSync(join(home, 'data'), join(home, 'link'));
    for (const folder of [
      join(home, 'data', 'models'),
      join(home, 'data', 'exports', '..', 'x'),
      join(home, 'link', 'x'),
    ])
      await expect(refused(folder), folder).rejects.toMatchObject({ code: 'refused' });
    expect((await exports.write(choice, consent, join(home, 'link', 'exports', 'x'))).folder).toContain(
      'link',
    );
  });

  it('are one at a time, and can be stopped', async () => {
    const first = exports.preview(choice);
    await expect(exports.preview(choice)).rejects.toMatchObject({ code: 'already-running' });
    exports.stop();
    await expect(first).rejects.toMatchObject({ code: 'aborted' });
    expect((await exports.preview(choice)).answers).toBe(12);
  });

  it('take nothing but a choice: the contract refuses the rest', () => {
    const { input } = contract['export.write'];
    const good = { choice, consent: 'yes' };
    expect(input.safeParse(good).success).toBe(true);
    for (const bad of [
      { ...good, extra: 1 },
      { ...good, choice: { ...choice, formats: [] } },
      { ...good, choice: { ...choice, formats: ['study-turns'] } },
      { ...good, choice: { ...choice, out: '/etc' } },
      { ...good, choice: { ...choice, hide: Array<string>(51).fill('x') } },
      { ...good, folder: 'x'.repeat(1025) },
      { ...good, consent: '' },
    ])
      expect(input.safeParse(bad).success, JSON.stringify(bad).slice(0, 80)).toBe(false);
  });
});
