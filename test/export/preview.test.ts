import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runExport } from '../../src/export/export.ts';
import { previewExport } from '../../src/export/preview.ts';
import { ExportPreview, FORMATS } from '../../src/model/exporting.ts';
import { findAll } from '../../src/privacy/find.ts';
import { dayLog, NAMES } from './day.ts';
import { exportOptions } from './fakes.ts';

const names = { known: { user: 'marlene' }, findSecrets: (text: string) => findAll(text, {}) };
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'beforehand-preview-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('a preview', () => {
  it('counts what an export then writes, and writes nothing itself', async () => {
    const options = { ...exportOptions(await dayLog(), FORMATS), formats: FORMATS, names };
    const preview = ExportPreview.parse(await previewExport({ ...options, most: 2 }));
    expect(readdirSync(folder)).toEqual([]);
    const manifest = await runExport({ ...options, out: join(folder, 'out'), consent: 'yes' });
    expect(
      Object.fromEntries(preview.formats.map(({ format, rows, leftOut }) => [format, { rows, leftOut }])),
    ).toEqual(manifest.counts.formats);
    expect(preview.answers).toBe(manifest.counts.answers);
    expect(preview.rows.filter(({ file }) => file === 'feedback.csv')).toHaveLength(2);
    for (const [kind, { values, places }] of Object.entries(preview.replaced!)) {
      expect(values, kind).toBeLessThanOrEqual(manifest.replaced![kind as 'user']!);
      expect(places, kind).toBeGreaterThanOrEqual(1);
    }
  });

  it('shows every name as it is here, and none as it would leave', async () => {
    const options = { ...exportOptions(await dayLog(), FORMATS), formats: FORMATS, names };
    const { rows } = await previewExport({ ...options, most: 99 });
    const before = rows.flatMap(({ lines }) => lines.map((each) => each.before)).join('\n');
    const after = rows.flatMap(({ lines }) => lines.map((each) => each.after)).join('\n');
    for (const name of NAMES) {
      expect(before, name).toContain(name);
      expect(after, name).not.toContain(name);
    }
    const [first] = rows;
    expect(first!.replaced).toContainEqual({ kind: 'user', from: 'marlene', to: 'user-1' });
  });

  it('with names kept has nothing to show as changed', async () => {
    const options = { ...exportOptions(await dayLog(), FORMATS), formats: FORMATS };
    const { rows, replaced } = await previewExport({ ...options, most: 1 });
    expect(replaced).toBeNull();
    expect(rows).toHaveLength(FORMATS.length);
    const lines = rows.flatMap((row) => row.lines);
    expect(lines.length).toBeGreaterThan(rows.length);
    for (const line of lines) expect(line.after).toBe(line.before);
  });

  it('ends a long row where it is told to, and says how much more there is', async () => {
    const options = { ...exportOptions(await dayLog(), ['csv']), formats: ['csv'] as const };
    const whole = await previewExport({ ...options, most: 1 });
    const short = await previewExport({ ...options, most: 1, mostLines: 3 });
    expect(short.rows[0]!.lines).toHaveLength(3);
    expect(short.rows[0]!.more).toBe(whole.rows[0]!.lines.length - 3);
    expect(whole.rows[0]!.more).toBe(0);
  });
});
