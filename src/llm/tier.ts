import type { Measured, TierFigures } from './measured.ts';

/** What a model must reach before its proposals are shown by default. Set before any model was measured. */
export const TIER = {
  /** Replies that can be read: of a hundred five may fail. */
  parsed: 0.95,
  /** Offers that fit, where help was wanted: half, and no less than the patterns reach at the same moments. */
  fitting: 0.5,
  /** Offers where help was wanted, of such moments: a model that never speaks has shown nothing. */
  spoken: 0.25,
  /** Seconds that an offer takes in the middle: later, its moment has passed. */
  seconds: 20,
} as const;

/** Why a model with these figures is not shown, in words; empty where it is. */
export function refusals(measured: Pick<Measured, 'scenes' | 'bench' | 'offerSeconds'>): readonly string[] {
  const { scenes, bench, offerSeconds } = measured;
  return [
    ...refusalsOf('on our own scenes', scenes),
    ...(bench ? refusalsOf('on the data named', bench) : []),
    ...(offerSeconds !== null && offerSeconds > TIER.seconds
      ? [`an offer takes ${offerSeconds.toFixed(0)} s on this computer, and ${TIER.seconds} are the most`]
      : []),
  ];
}

function refusalsOf(where: string, found: TierFigures): readonly string[] {
  const { parsed, f1, gateF1, fitting, patternsFitting, offers, needed } = found;
  const floor = Math.max(TIER.fitting, patternsFitting ?? 0);
  return [
    ...(parsed < TIER.parsed
      ? [`${percent(parsed)} of its replies could be read ${where}, and ${percent(TIER.parsed)} must`]
      : []),
    ...(f1 < gateF1
      ? [
          `its yes and no make the gate worse ${where} (F1 ${f1.toFixed(2)}, the gate alone ${gateF1.toFixed(2)})`,
        ]
      : []),
    ...(offers < TIER.spoken * needed
      ? [`it offered something ${offers} times ${where}, where help was wanted ${needed} times`]
      : []),
    ...(fitting !== null && fitting < floor
      ? [`${percent(fitting)} of its offers fit what was wanted ${where}, and ${percent(floor)} must`]
      : []),
  ];
}

const percent = (part: number) => `${Math.round(100 * part)} %`;
