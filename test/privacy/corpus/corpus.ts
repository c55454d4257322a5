import { codes } from './codes.ts';
import { commands } from './commands.ts';
import { connections } from './connections.ts';
import { type Kinds, type Sample, samplesOf } from './fill.ts';
import { keys } from './keys.ts';
import { labelled } from './labelled.ts';
import { lone } from './lone.ts';
import { settings } from './settings.ts';
import { isHeldOut } from './split.ts';
import { vendors } from './vendors.ts';
import { web } from './web.ts';

/** Every kind of secret, by family. */
export const families: Readonly<Record<string, Kinds>> = {
  vendors,
  labelled,
  keys,
  connections,
  settings,
  commands,
  web,
  codes,
  lone,
};

/** Names of kinds; `which` chooses those that rules were written against, those set apart, or all. */
export function kindsOf(family: string, which: 'seen' | 'held out' | 'all'): readonly string[] {
  return Object.keys(families[family] ?? {}).filter(
    (kind) => which === 'all' || isHeldOut(kind) === (which === 'held out'),
  );
}

/** Twenty samples of each kind of a family. */
export function samples(family: string, which: 'seen' | 'held out' | 'all'): readonly Sample[] {
  return kindsOf(family, which).flatMap((kind) => samplesOf(kind, families[family]![kind]!));
}
