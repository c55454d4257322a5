import type { Proposer } from '../../../model/agent.ts';
import { topicOf } from '../../../model/topic.ts';
import { clean } from '../../steps.ts';
import { ago, createPattern } from './pattern.ts';

const WITHIN_MS = 900_000;
const FRESH_MS = 240_000;
const LIFETIME_MS = 300_000;
const DATA = /\.(?:csv|tsv|jsonl?|xlsx?|ods|parquet|xml|sqlite)$/i;
/** Settings of a project are data only by name. */
const SETTINGS = /^(?:package(?:-lock)?|tsconfig.*|composer|launch|settings|pom|manifest)\.(?:json|xml)$/i;
const CODE = /\.(?:py|ipynb|r|rmd|jl|js|ts|rb|go|php|sql|pl|m)$/i;

/** A data file was just looked at or saved, and now code is written that may read it. */
export function createDataIntoCode(): Proposer {
  return createPattern('data-into-code', ({ stays, desk, now }) => {
    const front = stays.at(-1);
    if (!front?.work || !CODE.test(front.work) || now - front.at > FRESH_MS) return null;
    const seen = stays.filter(({ name, at }) => isData(name) && front.at - at <= WITHIN_MS);
    const saved = desk.files.filter(
      ({ name, action, at }) =>
        action === 'created' && isData(name) && at <= front.at && front.at - at <= WITHIN_MS,
    );
    // Code that has been in front longer than the data reads it already, or has made it.
    const known = (at: number) =>
      stays.some((stay) => stay !== front && stay.work === front.work && stay.at < at);
    const last = [
      ...seen.map(({ name, at }) => ({ name: name!, at })),
      ...saved.map(({ name, at }) => ({ name: clean(name), at })),
    ]
      .filter(({ at }) => !known(at))
      .sort((a, b) => a.at - b.at)
      .at(-1);
    if (!last) return null;
    return {
      purpose: `Read “${last.name}” in “${front.work}”`,
      task: `Show a snippet that reads “${last.name}” in “${front.work}”`,
      message: `Shall I show a snippet that reads “${last.name}” and shows its first rows, for “${front.work}”?`,
      why: `“${last.name}” was in front or saved ${ago(now - last.at)}, and now you write “${front.work}”`,
      operation: {
        kind: 'chat',
        instruction: `Show one short snippet for the file “${front.work}” that reads “${last.name}”, prints its first rows and counts the missing values.`,
      },
      topic: topicOf(`read ${last.name} ${front.work}`),
      lifetime: LIFETIME_MS,
    };
  });
}

function isData(name: string | undefined): boolean {
  return name !== undefined && DATA.test(name) && !SETTINGS.test(name);
}
