import { readFileSync, writeFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { factsFromEvents, factsFromSentences } from '../../src/agent/facts.ts';
import { createGate, GateWeights, readGate } from '../../src/agent/gate.ts';
import { fitLogistic, scoreOf } from '../../src/agent/logistic.ts';
import { sigmoid } from '../../src/model/sigmoid.ts';
import { testGate } from '../suites/gate.ts';
import { anyEvents } from '../suites/proposer.ts';
import { front, NINE } from './day.ts';

const FILE = fileURLToPath(new URL('../../src/assets/gate.json', import.meta.url));
const weights = GateWeights.parse(JSON.parse(readFileSync(FILE, 'utf8')));
const gate = createGate(weights);

testGate('the shipped gate', () => gate);
testGate('a gate of one fact', () =>
  createGate({
    version: 'one',
    bias: -1,
    features: [{ name: 'asks', weight: 3, mean: 0, scale: 1 }],
    card: { trainedOn: '', measured: '', limits: '', reliability: [] },
  }),
);

describe('gate', () => {
  it('ships weights for facts that there are, none twice', () => {
    const names = new Set(factsFromSentences([], NINE).map((fact) => fact.name));
    const weighed = weights.features.map((feature) => feature.name);
    expect(weighed.length).toBeGreaterThan(9);
    expect(new Set(weighed).size).toBe(weighed.length);
    expect(weighed.filter((name) => !names.has(name))).toEqual([]);
  });

  it('wants help more for a search than for a switch, and says why', () => {
    const search = gate.need(
      factsFromEvents([front(0, 'firefox', 'capitalise name ruby - Google Search — Mozilla Firefox')], NINE),
    );
    const idle = gate.need(
      factsFromSentences(
        [0, 1, 2].map((at) => ({ time: NINE + at, event: 'The user pressed 12 keys in Thunar.' })),
        NINE,
      ),
    );
    expect(search.probability).toBeGreaterThan(0.6);
    expect(idle.probability).toBeLessThan(0.3);
    expect(search.reasons).toContain('you are searching for something');
    // What is absent never speaks for.
    expect(search.reasons.filter((each) => !each.startsWith('against: ')).join()).not.toMatch(
      /\b(?:no|not|nothing)\b/,
    );
    expect(idle.reasons).toContain('against: you press keys without writing words');
  });

  it('gives the largest shares of the score, largest first', () => {
    const plain = createGate({
      version: 't',
      bias: 0,
      features: [
        { name: 'a', weight: 1, mean: 0, scale: 1 },
        { name: 'b', weight: -3, mean: 0, scale: 1 },
        { name: 'c', weight: 2, mean: 0, scale: 1 },
        { name: 'd', weight: 0.5, mean: 0, scale: 1 },
      ],
      card: { trainedOn: '', measured: '', limits: '', reliability: [] },
    });
    const facts = ['a', 'b', 'c', 'd'].map((name) => ({ name, value: 1, words: `word ${name}` }));
    expect(plain.need(facts).reasons).toEqual(['against: word b', 'word c', 'word a']);
    expect(plain.need(facts).probability).toBeCloseTo(sigmoid(0.5));
    // An unknown fact is ignored, a missing or broken one counts as its mean.
    expect(
      plain.need([
        { name: 'z', value: 9, words: 'z' },
        { name: 'a', value: Number.NaN, words: 'a' },
      ]),
    ).toEqual({
      probability: 0.5,
      reasons: [],
    });
  });

  it('stays a probability, whatever happened', () => {
    fc.assert(
      fc.property(anyEvents, (events) => {
        const need = gate.need(factsFromEvents(events, NINE));
        expect(need.probability).toBeGreaterThan(0);
        expect(need.probability).toBeLessThan(1);
        expect(need.reasons.length).toBeLessThanOrEqual(3);
      }),
    );
  });

  it('says which file is broken, and how to mend it', async () => {
    expect((await readGate(FILE)).version).toBe(weights.version);
    const folder = mkdtempSync(join(tmpdir(), 'gate-'));
    const file = join(folder, 'gate.json');
    await expect(readGate(file)).rejects.toMatchObject({ code: 'unreadable' });
    writeFileSync(file, '{"version": 3}');
    await expect(readGate(file)).rejects.toThrow(/does not hold the weights/);
    rmSync(folder, { recursive: true });
  });
});

describe('logistic regression', () => {
  it('finds what separates, and nothing in a constant column', () => {
    const rows = Array.from({ length: 200 }, (_, at) => [at / 200, 7, ((at * 37) % 200) / 200]);
    const labels = rows.map((row) => row[0]! > 0.5);
    const model = fitLogistic(rows, labels, 1);
    expect(model.weights[0]).toBeGreaterThan(2);
    expect(Math.abs(model.weights[1]!)).toBeLessThan(1e-9);
    expect(Math.abs(model.weights[2]!)).toBeLessThan(0.5);
    const right = rows.filter((row, at) => scoreOf(model, row).score > 0 === labels[at]).length;
    expect(right).toBeGreaterThan(190);
  });

  it('is where its gradient vanishes: predictions average to the base rate', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: -5, max: 5 }), fc.integer({ min: -5, max: 5 }), fc.boolean()), {
          minLength: 8,
          maxLength: 60,
        }),
        (data) => {
          const labels = data.map((each) => each[2]);
          fc.pre(labels.includes(true) && labels.includes(false));
          const rows = data.map((each) => [each[0], each[1]]);
          const model = fitLogistic(rows, labels, 3);
          const total = rows.reduce((sum, row) => sum + sigmoid(scoreOf(model, row).score), 0);
          expect(total).toBeCloseTo(labels.filter(Boolean).length, 4);
          expect(fitLogistic(rows, labels, 3)).toEqual(model);
        },
      ),
    );
  });
});
