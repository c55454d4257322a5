import { AppError } from '../../errors.ts';
import type { FitFigures, RewardCard, RewardVersion } from '../../model/learned.ts';
import { table } from '../output.ts';

/** The reward model's card as a person reads it. */
export function cardLines({ versions, answers, shipped, refused }: RewardCard): readonly string[] {
  const counts = Object.entries(answers).map(([says, count]) => `${says} ${count}`);
  return [
    counts.length === 0 ? 'There are no answers to learn from yet.' : `Your answers: ${counts.join(', ')}.`,
    '',
    ...table([
      ['', 'version', 'of', 'learnt from', 'accuracy', 'AUC', 'log loss', 'leaning'],
      ...versions.map((each) => [
        each.inUse ? '*' : '',
        each.id,
        each.id === 'shipped' ? '' : new Date(each.at).toLocaleString('sv'),
        String(each.learntFrom),
        beside(each, 'accuracy'),
        beside(each, 'auc'),
        beside(each, 'logLoss'),
        signed(each.bias),
      ]),
    ]),
    '',
    '* in use. In brackets the shipped model, on the same held-back answers. Leaning is in log-odds.',
    ...(refused === undefined ? [] : ['', refused]),
    '',
    shipped,
  ];
}

/** The version of a card by its id. Throws `not-found`. */
export function versionOf(card: RewardCard, id: string): RewardVersion {
  const found = card.versions.find((each) => each.id === id);
  if (found) return found;
  throw new AppError('not-found', `[reward] there is no version “${id}”: see beforehand reward card`);
}

/** Two versions beside each other. Each has its figures on its own held-back answers. */
export function compareLines(one: RewardVersion, other: RewardVersion): readonly string[] {
  const row = (name: string, of: (version: RewardVersion) => string) => [name, of(one), of(other)];
  const names = (list: 'apps' | 'kinds') =>
    [...new Set([one, other].flatMap((each) => [...placesOf(each, list).keys()]))].toSorted();
  return table([
    ['', one.id, other.id],
    row('learnt from', ({ learntFrom }) => String(learntFrom)),
    row('tested on', ({ figures }) => (figures ? String(figures.here.answers) : '-')),
    row('accuracy (shipped)', figure('accuracy')),
    row('AUC (shipped)', figure('auc')),
    row('Brier (shipped)', figure('brier')),
    row('log loss (shipped)', figure('logLoss')),
    row('always the more frequent', ({ figures }) => three(figures?.majority.accuracy)),
    row('leaning', ({ bias }) => signed(bias)),
    ...names('kinds').map((name) =>
      row(name, (version) => signed(placesOf(version, 'kinds').get(name) ?? 0)),
    ),
    ...names('apps').map((name) =>
      row(`in ${name}`, (version) => signed(placesOf(version, 'apps').get(name) ?? 0)),
    ),
  ]);
}

function placesOf(version: RewardVersion, list: 'apps' | 'kinds'): Map<string, number> {
  return list === 'apps'
    ? new Map(version.apps.map(({ app, bias }) => [app, bias]))
    : new Map(version.kinds.map(({ kind, bias }) => [kind, bias]));
}

function beside({ figures }: RewardVersion, name: keyof FitFigures): string {
  return figures ? `${three(figures.here[name])} (${three(figures.shipped[name])})` : '-';
}

const figure = (name: keyof FitFigures) => (version: RewardVersion) => beside(version, name);
const three = (value: number | null | undefined) =>
  value === null || value === undefined ? '-' : value.toFixed(3);
const signed = (bias: number) => (Math.abs(bias) < 0.005 ? '0' : `${bias > 0 ? '+' : ''}${bias.toFixed(2)}`);
