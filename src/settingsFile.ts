import { existsSync, mkdirSync, readFileSync, renameSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { writeWhole } from './writing.ts';
import { z } from 'zod';
import { AppError } from './errors.ts';
import { systemClock, type Clock } from './model/ports.ts';
import { Settings, SettingsPatch } from './model/settings.ts';
import { clash } from './model/shortcut.ts';
import { AppliedStudy, Studies } from './model/study.ts';
import type { Paths } from './paths.ts';
import { restored } from './study/changes.ts';
import { heldSentence, heldSetting } from './study/holding.ts';

/** The settings: read at once, changed through one atomic file. */
export interface SettingsStore {
  get(): Settings;
  /**
   * Merges a change, writes it, then tells the listeners. Changes are made one after the other. Rejects with
   * `bad-input` for a patch that does not fit, `refused` for a setting that a study holds, and `disk-full` or
   * `permission` when it can't be written; the settings then stay as they were.
   */
  set(patch: SettingsPatch): Promise<Settings>;
  /** The study in force and those before it: beside the settings in one file, so that both change in one write. */
  studies(): Studies;
  /**
   * Brings a study into force or ends it: settings and studies change together or, where `change` throws or the disk
   * refuses, not at all. Tells the listeners. Rejects as `set` does.
   */
  setStudies(
    change: (now: { readonly settings: Settings; readonly studies: Studies }) => {
      readonly settings: Settings;
      readonly studies: Studies;
    },
  ): Promise<Settings>;
  /** Calls `listener` after every change; returns its own undo. */
  subscribe(listener: (settings: Settings) => void): () => void;
  /** One sentence when the file was not all right: what was wrong and what was done. */
  readonly note?: string;
}

type Json = Record<string, unknown>;

/**
 * Opens the settings. No file means defaults. A file that is no JSON object is kept beside as
 * settings.damaged-<time>.json and defaults are used. A field that doesn't fit falls back to its default and is named;
 * of a list only the entries that don't fit are left out, because an exclusion must not be lost over its neighbour.
 * Where a limit of what is watched was lost that way, watching starts paused.
 */
export function createSettingsStore(
  paths: Pick<Paths, 'settings'>,
  clock: Clock = systemClock,
): SettingsStore {
  const file = paths.settings;
  const listeners = new Set<(settings: Settings) => void>();
  let { settings, studies, note } = load(file, clock);
  let last: Promise<unknown> = Promise.resolve();

  async function change(patch: SettingsPatch): Promise<Settings> {
    const parsed = SettingsPatch.safeParse(patch);
    if (!parsed.success) throw new AppError('bad-input', `[settings] ${z.prettifyError(parsed.error)}`);
    const merged = Settings.parse(merge(settings, parsed.data));
    const same = clash(merged.shortcuts);
    if (same)
      throw new AppError(
        'bad-input',
        `[settings] ${same[0]} and ${same[1]} would have the same keys (${merged.shortcuts[same[0]]}): choose others for one of them`,
      );
    const held = studies.now && heldSetting(studies.now.file, settings, merged);
    if (studies.now && held) throw new AppError('refused', heldSentence(studies.now, held));
    return keep(merged, studies);
  }

  async function keep(next: Settings, nextStudies: Studies): Promise<Settings> {
    await save(file, next, nextStudies);
    settings = next;
    studies = nextStudies;
    for (const listener of listeners) listener(next);
    return next;
  }

  function inOrder(work: () => Promise<Settings>): Promise<Settings> {
    const next = last.then(work);
    last = next.catch(() => undefined);
    return next;
  }

  return {
    get: () => settings,
    set: (patch) => inOrder(() => change(patch)),
    studies: () => studies,
    setStudies: (turn) =>
      inOrder(async () => {
        const next = turn({ settings, studies });
        return keep(Settings.parse(next.settings), Studies.parse(next.studies));
      }),
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    ...(note ? { note } : {}),
  };
}

/** Settings of which a patch names only a part. */
const groups = new Set(['sources', 'model', 'retentionDays', 'activityWatch', 'holds', 'shortcuts', 'mcp']);

function merge(settings: Settings, patch: SettingsPatch): Json {
  const merged: Json = { ...settings };
  for (const [name, value] of Object.entries(patch)) {
    if (value === undefined) continue;
    merged[name] = groups.has(name) ? { ...(merged[name] as Json), ...(value as Json) } : value;
  }
  return merged;
}

async function save(file: string, settings: Settings, studies: Studies): Promise<void> {
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    // Who never took part finds nothing of studies in the file.
    const kept = studies.now || studies.past.length > 0 ? { ...settings, studies } : settings;
    await writeWhole(file, `${JSON.stringify(kept, null, 2)}\n`);
  } catch (thrown) {
    const code = thrown instanceof Error && 'code' in thrown ? thrown.code : '';
    const full = code === 'ENOSPC' || code === 'EDQUOT';
    throw new AppError(
      full ? 'disk-full' : 'permission',
      full
        ? `[settings] the disk that holds ${file} is full, so the change was not kept: free some space and try again`
        : `[settings] ${file} can't be written (${String(code)}): check who owns it and its folder`,
      thrown,
    );
  }
}

/** Settings that limit what is watched, by the beginning of their names. */
const LIMITS = ['sources', 'folders', 'excluded', 'watchHours', 'pausedUntil'] as const;

interface Loaded {
  readonly settings: Settings;
  readonly studies: Studies;
  readonly note?: string;
}

function load(file: string, clock: Clock): Loaded {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (thrown) {
    const code = thrown instanceof Error && 'code' in thrown ? thrown.code : '';
    // A file where the folder should be is the log's to tell, once.
    const missing = code === 'ENOENT' || code === 'ENOTDIR';
    return missing ? { settings: Settings.parse({}), studies: Studies.parse({}) } : keepBeside(file, clock);
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return keepBeside(file, clock);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return keepBeside(file, clock);
  const bad: string[] = [];
  const kept = Settings.parse(salvage(Settings.shape, value as Json, '', bad));
  const { settings, studies } = salvageStudies((value as Json)['studies'] ?? {}, kept, bad);
  if (bad.length === 0) return { settings, studies };
  const plural = bad.length > 1;
  // What should not be watched is not known any more, so nothing is until somebody has looked.
  const pause = bad.some((name) => LIMITS.some((limit) => name.startsWith(limit)));
  return {
    settings: pause ? { ...settings, pausedUntil: 0 } : settings,
    studies,
    note: `${file} holds ${plural ? 'values' : 'a value'} that ${plural ? 'do' : 'does'} not fit (${bad.join(', ')}), so the default is used for ${plural ? 'them' : 'it'}${pause ? ', and watching is paused until you resume' : ''}`,
  };
}

/** The fields that fit, group by group; names of the others go into `bad`. Unknown fields are left out. */
function salvage(shape: Record<string, z.ZodType>, value: Json, prefix: string, bad: string[]): Json {
  const kept: Json = {};
  for (const [name, schema] of Object.entries(shape)) {
    const given = value[name];
    if (given === undefined || schema.safeParse(given).success) {
      if (given !== undefined) kept[name] = given;
      continue;
    }
    const inner = schema instanceof z.ZodPrefault ? schema.unwrap() : undefined;
    if (
      inner instanceof z.ZodObject &&
      typeof given === 'object' &&
      given !== null &&
      !Array.isArray(given)
    ) {
      kept[name] = salvage(inner.shape, given as Json, `${prefix}${name}.`, bad);
      continue;
    }
    bad.push(`${prefix}${name}`);
    if (Array.isArray(given)) kept[name] = fittingItems(schema, given);
  }
  return kept;
}

/**
 * The studies that fit. One in force that does not (a later version wants more of a study) cannot go on, and must not leave
 * its settings behind: they are put back, which needs nothing but the list of its changes.
 */
function salvageStudies(value: unknown, settings: Settings, bad: string[]): Omit<Loaded, 'note'> {
  const read = Studies.safeParse(value);
  if (read.success) return { settings, studies: read.data };
  bad.push('studies');
  const { now, past } = Loose.parse(value);
  const studies = Studies.parse({
    now: AppliedStudy.safeParse(now).data ?? null,
    past: fittingItems(Studies.shape.past, past),
  });
  const { changes } = Changes.parse(now);
  if (studies.now || changes.length === 0) return { settings, studies };
  try {
    return { settings: restored(settings, changes), studies };
  } catch {
    return { settings, studies };
  }
}

/** What is read of studies that do not fit as a whole. */
const Loose = z
  .object({ now: z.unknown().default(null), past: z.array(z.unknown()).catch([]) })
  .catch({ now: null, past: [] });
const Changes = z.object({ changes: AppliedStudy.shape.changes.catch([]) }).catch({ changes: [] });

function fittingItems(schema: z.ZodType, given: readonly unknown[]): unknown[] {
  const items = given.filter((each) => schema.safeParse([each]).success);
  while (items.length > 0 && !schema.safeParse(items).success) items.pop(); // more than the schema allows
  return items;
}

function keepBeside(file: string, clock: Clock): Loaded {
  // What must not be watched is lost with the file, so nothing is until somebody has looked.
  const settings = { ...Settings.parse({}), pausedUntil: 0 };
  const studies = Studies.parse({});
  const time = new Date(clock.now()).toISOString().replaceAll(':', '-');
  let kept = join(dirname(file), `settings.damaged-${time}.json`);
  for (let n = 2; existsSync(kept); n++) kept = join(dirname(file), `settings.damaged-${time}-${n}.json`);
  try {
    renameSync(file, kept);
  } catch {
    return {
      settings,
      studies,
      note: `${file} can't be read, so defaults are used and watching is paused: check who owns it`,
    };
  }
  return {
    settings,
    studies,
    note: `${file} was damaged, so it was kept beside as ${kept} and defaults are used; watching is paused until you resume`,
  };
}
