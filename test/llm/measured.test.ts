import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createMeasuredStore, type Measured } from '../../src/llm/measured.ts';

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'beforehand-measured-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const figures = {
  moments: 36,
  needed: 24,
  parsed: 1,
  f1: 0.9,
  gateF1: 0.9,
  fitting: 0.6,
  patternsFitting: null,
  offers: 20,
};
const measured = (more: Partial<Measured> = {}): Measured => ({
  digest: 'a'.repeat(64),
  alias: 'fake',
  promptVersion: 'decide-1',
  at: 1000,
  scenes: figures,
  bench: null,
  offerSeconds: 2,
  tokensPerSecond: 40,
  shows: true,
  reasons: [],
  ...more,
});

it('keeps the newest measurement of each model and prompt, for whoever reads the file meanwhile', async () => {
  const file = join(folder, 'data', 'measured.json');
  const reading = createMeasuredStore(file);
  expect(reading.of('a'.repeat(64), 'decide-1')).toBeNull();
  const writing = createMeasuredStore(file);
  await writing.keep(measured());
  expect(reading.of('a'.repeat(64), 'decide-1')?.shows).toBe(true);
  // With an adapter, or with other words, it is another model.
  expect(reading.of(`${'a'.repeat(64)}+${'b'.repeat(64)}`, 'decide-1')).toBeNull();
  expect(reading.of('a'.repeat(64), 'decide-2')).toBeNull();
  await writing.keep(measured({ promptVersion: 'decide-2' }));
  await writing.keep(measured({ shows: false, reasons: ['slow'], at: 2000 }));
  expect(reading.of('a'.repeat(64), 'decide-1')).toMatchObject({ shows: false, at: 2000 });
  expect(reading.of('a'.repeat(64), 'decide-2')?.shows).toBe(true);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(readdirSync(join(folder, 'data'))).toEqual(['measured.json']);
});

it('takes a file that it cannot read for none, and writes it anew', async () => {
  const file = join(folder, 'measured.json');
  writeFileSync(file, '[{"digest": 1}');
  const store = createMeasuredStore(file);
  expect(store.of('a'.repeat(64), 'decide-1')).toBeNull();
  await store.keep(measured());
  expect(store.of('a'.repeat(64), 'decide-1')?.alias).toBe('fake');
});
