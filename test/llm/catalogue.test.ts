import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Catalogue, findModel, readCatalogue } from '../../src/llm/catalogue.ts';
import { Settings } from '../../src/model/settings.ts';

const file = new URL('../../src/assets/models.json', import.meta.url).pathname;

describe('the shipped catalogue', () => {
  const catalogue = readCatalogue(file);

  it('has the default model of the settings, pinned, quiet, from the hub and from a package', () => {
    const entry = findModel(catalogue, Settings.parse({}).model.use);
    expect(entry.sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(entry.answers).toBe(false);
    expect(entry.sources.map((source) => source.kind)).toEqual(['huggingface', 'pip']);
  });

  it('has something for 8, 16 and 32 GB', () => {
    for (const [low, high] of [
      [3e9, 6e9],
      [6e9, 12e9],
      [12e9, 24e9],
    ] as const) {
      expect(catalogue.models.some((each) => each.memoryBytes > low && each.memoryBytes <= high)).toBe(true);
    }
  });

  it('shows only what is large enough to word a proposal, and needs more memory than its file', () => {
    for (const entry of catalogue.models) {
      if (entry.answers) expect(entry.bytes).toBeGreaterThan(5e8);
      expect(entry.memoryBytes).toBeGreaterThan(entry.bytes);
    }
  });

  it('refuses what is not one', () => {
    const raw = JSON.parse(readFileSync(file, 'utf8')) as { models: Record<string, unknown>[] };
    const first = raw.models[0] as Record<string, unknown>;
    const parse = (change: Record<string, unknown>) =>
      Catalogue.safeParse({ models: [{ ...first, ...change }] });
    expect(parse({}).success).toBe(true);
    expect(parse({ file: '../escape.gguf' }).success).toBe(false);
    expect(parse({ file: '/etc/passwd' }).success).toBe(false);
    expect(parse({ sha256: 'short' }).success).toBe(false);
    expect(parse({ sources: [] }).success).toBe(false);
    expect(
      parse({ sources: [{ kind: 'pip', package: '--index-url=x', version: '1', member: 'm' }] }).success,
    ).toBe(false);
    expect(Catalogue.safeParse({ models: [first, first] }).success).toBe(false);
  });
});

it('names what is wrong', () => {
  const folder = mkdtempSync(join(tmpdir(), 'beforehand-catalogue-'));
  const broken = join(folder, 'models.json');
  writeFileSync(broken, '{"models": [{}]}');
  expect(() => readCatalogue(broken)).toThrow(/alias/);
  expect(() => findModel(readCatalogue(file), 'gpt-9')).toThrow(/smollm2-135m/);
  rmSync(folder, { recursive: true });
});
