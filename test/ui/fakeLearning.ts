import type { Assistant } from '../../src/contract.ts';
import { AppError } from '../../src/errors.ts';
import type { DigestItem } from '../../src/model/digest.ts';
import { newId } from '../../src/model/id.ts';
import type { RewardCard, RewardVersion } from '../../src/model/learned.ts';
import type { Receipts } from '../../src/model/receipts.ts';
import type { Mute } from '../../src/model/mute.ts';
import type { WhatIf, WhatIfPoint } from '../../src/model/whatIf.ts';
import type { Handlers } from '../../src/rpc.ts';
import { observations } from './canned.ts';

/** What the fake core knows about learning; tests change it. */
export interface Learnt {
  digest: DigestItem[];
  answered: number;
  card: RewardCard;
  mutes: Mute[];
  receipts: Receipts;
  /** Days on record; 0 means that there is nothing to replay. */
  days: number;
}

type Channels = Pick<
  Handlers<Assistant>,
  | 'digest.list'
  | 'digest.answer'
  | 'reward.card'
  | 'reward.train'
  | 'reward.use'
  | 'policy.whatIf'
  | 'policy.mutes'
  | 'policy.mute'
  | 'policy.unmute'
  | 'receipts.days'
>;

const SHIPPED: RewardVersion = {
  id: 'shipped',
  at: Date.UTC(2026, 10, 24),
  learntFrom: 0,
  bias: 0,
  apps: [],
  kinds: [],
  inUse: true,
};

/** A quiet beginning: nothing to label, the shipped model, nothing muted, no day on record. */
export function createLearnt(): Learnt {
  return {
    digest: [],
    answered: 0,
    card: { versions: [SHIPPED], answers: {}, shipped: 'Trained on made-up answers.' },
    mutes: [],
    receipts: { days: [], power: 'This computer does not tell how much power it draws.' },
    days: 0,
  };
}

/** Two moments: a suggestion of shadow mode, and a silence drawn by chance. */
export function digestItems(): DigestItem[] {
  const seen = observations(3).toReversed();
  const gate = { probability: 0.42, reasons: ['results are on screen'] };
  const at = Date.now() - 3_600_000;
  const proposal = {
    task: 'Find a worked example for “merge columns”',
    message: 'Shall I search?',
    why: 'Third search for this in two minutes',
    topic: 'column merge',
    proposer: 'pattern:repeated-search',
    lifetime: 180_000,
  };
  return [
    { id: newId(), at, from: 'shadow', seen, proposal, gate },
    { id: newId(), at: at + 60_000, from: 'audit', seen, proposal: null, gate },
  ];
}

/** A version that was learnt here. */
export function learntVersion(inUse = true): RewardVersion {
  const fit = (accuracy: number, auc: number, logLoss: number) => ({
    answers: 14,
    accuracy,
    auc,
    brier: 0.2,
    logLoss,
  });
  return {
    id: 'v1',
    at: Date.now() - 600_000,
    learntFrom: 42,
    figures: { here: fit(0.79, 0.81, 0.48), shipped: fit(0.64, 0.71, 0.66), majority: fit(0.57, 0.5, 0.68) },
    bias: 0.62,
    apps: [{ app: 'Slack', bias: -0.8 }],
    kinds: [{ kind: 'pattern:error', bias: 0.5 }],
    inUse,
  };
}

/** The channels over it. */
export function fakeLearning(learnt: Learnt): Channels {
  const digest = () => ({ items: learnt.digest, answered: learnt.answered });
  const use = (id: string) => {
    const versions = learnt.card.versions.map((each) => ({ ...each, inUse: each.id === id }));
    learnt.card = { ...learnt.card, versions };
    return learnt.card;
  };
  return {
    'digest.list': digest,
    'digest.answer': ({ id, answer }) => {
      learnt.digest = learnt.digest.filter((each) => each.id !== id);
      if (answer !== 'skip') learnt.answered += 1;
      return digest();
    },
    'reward.card': () => learnt.card,
    'reward.train': () => {
      learnt.card = { ...learnt.card, versions: [learntVersion(), ...learnt.card.versions] };
      return use('v1');
    },
    'reward.use': ({ id }) => {
      if (id === 'gone') throw new AppError('not-found', '[reward] there is no such version');
      return use(id);
    },
    'policy.whatIf': ({ eagerness }) => whatIf(eagerness, learnt.days),
    'policy.mutes': () => learnt.mutes,
    'policy.mute': ({ what }) => {
      learnt.mutes = [...learnt.mutes, { what, name: `some ${what}`, at: Date.now() }];
      return learnt.mutes;
    },
    'policy.unmute': ({ what, name }) => {
      learnt.mutes = learnt.mutes.filter((each) => each.what !== what || each.name !== name);
      return learnt.mutes;
    },
    'receipts.days': () => learnt.receipts,
  };
}

function whatIf(eagerness: number, days: number): WhatIf {
  const point = (at: number): WhatIfPoint => ({
    eagerness: at,
    threshold: 1 - at,
    shown: Math.round(at * 15),
    accepted: [at * 8, at * 10, at * 12],
    missed: [(1 - at) * 1, (1 - at) * 4, (1 - at) * 6],
  });
  return {
    days,
    moments: days * 8,
    answered: days * 2,
    asked: point(eagerness),
    now: point(0.4),
    curve: [0, 0.2, 0.4, 0.6, 0.8, 1].map(point),
    basis: 'From 56 logged moments, 14 of them answered; silent ones by those that were asked about.',
  };
}
