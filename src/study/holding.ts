import { isDeepStrictEqual } from 'node:util';
import type { Settings } from '../model/settings.ts';
import { StudySource, type AppliedStudy, type StudyFile } from '../model/study.ts';
import { mayType, settingOf, valueAt } from './changes.ts';
import type { Pinned } from './pinned.ts';
import { mismatch } from './pinned.ts';

/** How a model is asked is part of which model answers. */
const MODEL = ['use', 'file', 'adapter', 'contextTokens', 'proposals', 'threshold'] as const;

/**
 * Which setting a change would take out of a study's hands, or null when it may be made. Less is always allowed: a
 * source off, typed text out, exclusions, hours, pauses, retention, anything that the study does not name.
 */
export function heldSetting(file: StudyFile, before: Settings, after: Settings): string | null {
  const differs = (setting: string) => !isDeepStrictEqual(valueAt(before, setting), valueAt(after, setting));
  const frozen = [
    ...Object.keys(file.settings),
    ...(file.frozen.model ? MODEL.map((name) => `model.${name}`) : []),
    ...(file.arms?.of.some((arm) => arm.eagerness !== undefined) ? ['eagerness'] : []),
  ];
  const setting = frozen.find(differs);
  if (setting) return setting;
  const on = offLimits(file).find((each) => differs(each) && valueAt(after, each) === true);
  if (on) return on;
  const typed = after.typedApps.some((app) => !before.typedApps.includes(app) && !mayType(file, app));
  return typed ? 'typedApps' : null;
}

/** The sentence for who tries to change what a study holds. */
export function heldSentence({ file, until }: AppliedStudy, setting: string): string {
  return `[study] “${file.title}” holds the setting ${setting} until ${new Date(until).toLocaleDateString('sv')}, so it was not changed: end the study first (End in the status line, or: beforehand study end)`;
}

/** What is otherwise here than the study's file has it, in one sentence, or null: then nothing is collected. */
export function brokenBy(
  { file }: Pick<AppliedStudy, 'file'>,
  settings: Settings,
  here: Pinned,
): string | null {
  const pinned = mismatch(file, here);
  if (pinned) return pinned;
  const { model } = file.frozen;
  const asked = model && { 'model.proposals': model.proposals, 'model.threshold': model.threshold };
  const moved = Object.entries({ ...file.settings, ...asked }).find(
    ([setting, value]) => value !== undefined && !isDeepStrictEqual(valueAt(settings, setting), value),
  );
  if (moved) return `the setting ${moved[0]} was changed outside of the program`;
  const on = offLimits(file).find((setting) => valueAt(settings, setting) === true);
  if (on) return `${on} was switched on outside of the program`;
  const typed = settings.typedApps.some((app) => !mayType(file, app));
  return typed ? 'typed text is kept that the consent does not name' : null;
}

/** Settings of the sources that a study leaves out. */
function offLimits(file: StudyFile): string[] {
  return StudySource.options
    .filter((each) => file.sources && !file.sources.only.includes(each))
    .map(settingOf);
}
