import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { AppError } from '../errors.ts';
import type { Fact, Gate } from '../model/agent.ts';
import { sigmoid } from '../model/sigmoid.ts';
import { scoreOf } from './logistic.ts';

const REASONS = 3;
/** Smaller shares of the score, in log-odds, are noise and not worth saying. */
const WORTH_SAYING = 0.02;

/** Weights of the gate as `assets/gate.json` holds them, with a short model card. */
export const GateWeights = z.object({
  version: z.string().min(1).max(64),
  bias: z.number(),
  features: z
    .array(
      z.object({
        name: z.string().min(1).max(64),
        weight: z.number(),
        mean: z.number(),
        scale: z.number().positive(),
      }),
    )
    .min(1)
    .max(100),
  card: z.object({
    trainedOn: z.string().max(800),
    measured: z.string().max(800),
    limits: z.string().max(500),
    /** On traces left out: windows that were given a probability of about one size, what was said and what was so. */
    reliability: z
      .array(
        z.object({
          from: z.number(),
          to: z.number(),
          windows: z.number().int().positive(),
          said: z.number(),
          needed: z.number(),
        }),
      )
      .max(20)
      .default([]),
  }),
});
export type GateWeights = z.infer<typeof GateWeights>;

/**
 * The linear gate: P(help is needed now) from facts, with the three that moved the score most in words; those that
 * lowered it begin with `against: `.
 * A fact that is missing counts as its mean, one that the weights do not know is ignored. Never throws.
 */
export function createGate(weights: GateWeights): Gate {
  const model = {
    means: weights.features.map((feature) => feature.mean),
    scales: weights.features.map((feature) => feature.scale),
    weights: weights.features.map((feature) => feature.weight),
    bias: weights.bias,
  };
  return {
    version: weights.version,
    need: (facts) => {
      const known = new Map(facts.map((fact): [string, Fact] => [fact.name, fact]));
      const row = weights.features.map((feature) => {
        const value = known.get(feature.name)?.value;
        return value !== undefined && Number.isFinite(value) ? value : feature.mean;
      });
      const { score, parts } = scoreOf(model, row);
      const reasons = weights.features
        .map((feature, at) => ({ ...known.get(feature.name), part: parts[at]! }))
        .filter((reason) => reason.words !== undefined && Math.abs(reason.part) >= WORTH_SAYING)
        // That something is absent speaks against in words, but never for: nobody is helped for pressing no keys.
        .filter((reason) => reason.part < 0 || reason.value !== 0)
        .sort((a, b) => Math.abs(b.part) - Math.abs(a.part))
        .slice(0, REASONS)
        .map((reason) => (reason.part < 0 ? `against: ${reason.words}` : reason.words!).slice(0, 200));
      return { probability: sigmoid(score), reasons };
    },
  };
}

/** The gate of a weights file. Rejects as `readGateWeights` does. */
export async function readGate(file: string): Promise<Gate> {
  return createGate(await readGateWeights(file));
}

/** A weights file with its model card. Rejects with `unreadable` when the file is missing or is not one. */
export async function readGateWeights(file: string): Promise<GateWeights> {
  let read: unknown;
  try {
    read = JSON.parse(await readFile(file, 'utf8'));
  } catch (cause) {
    throw new AppError(
      'unreadable',
      `[gate] The gate's weights cannot be read from ${file}: install the program again.`,
      cause,
    );
  }
  const parsed = GateWeights.safeParse(read);
  if (!parsed.success) {
    throw new AppError(
      'unreadable',
      `[gate] ${file} does not hold the weights of a gate: install the program again.`,
      parsed.error,
    );
  }
  return parsed.data;
}
