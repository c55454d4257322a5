import { isDeepStrictEqual } from 'node:util';
import { Settings } from '../model/settings.ts';
import { StudySource, type StudyChange, type StudyFile } from '../model/study.ts';

type Json = StudyChange['before'];

/** The value at `group.name` or `name`. */
export function valueAt(settings: Settings, setting: string): Json {
  const [name, part] = setting.split('.') as [string, string?];
  const value = (settings as unknown as Record<string, Json>)[name] ?? null;
  return part === undefined ? value : ((value as Record<string, Json>)[part] ?? null);
}

/** Where the settings say whether a source is on. */
export function settingOf(source: StudySource): string {
  return source === 'activityWatch' ? 'activityWatch.ingest' : `sources.${source}`;
}

const same = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();

/** Whether the consent lets the typed text of an app be kept. */
export function mayType(file: Pick<StudyFile, 'typedApps'>, app: string): boolean {
  return file.typedApps.some((each) => same(each, app));
}

/**
 * What applying a study changes in the settings, in the order in which it is shown; what is so already is left out.
 * Exclusions, pauses, hours and retention are never among it, and typed text only ever becomes less.
 */
export function changesOf(file: StudyFile, settings: Settings): StudyChange[] {
  const wanted: (readonly [string, Json])[] = [];
  if (file.frozen.model) {
    const { alias, proposals, threshold } = file.frozen.model;
    wanted.push(['model.use', alias], ['model.file', null], ['model.adapter', null]);
    wanted.push(['model.proposals', proposals], ['model.threshold', threshold]);
  }
  for (const [name, value] of Object.entries(file.settings))
    if (value !== undefined) wanted.push([name, value]);
  for (const source of file.sources ? StudySource.options : []) {
    if (!file.sources?.only.includes(source)) wanted.push([settingOf(source), false]);
    else if (file.sources.on.includes(source)) wanted.push([settingOf(source), true]);
  }
  wanted.push(['typedApps', settings.typedApps.filter((app) => mayType(file, app))]);
  return wanted
    .map(([setting, after]) => ({ setting, before: valueAt(settings, setting), after }))
    .filter(({ before, after }) => !isDeepStrictEqual(before, after));
}

/** The settings with every change made. */
export function changed(settings: Settings, changes: readonly StudyChange[]): Settings {
  return Settings.parse(changes.reduce((now, { setting, after }) => put(now, setting, after), settings));
}

/**
 * The settings with every change taken back. What the participant changed meanwhile (a source off, an app's typed text
 * out) stays as they have it.
 */
export function restored(settings: Settings, changes: readonly StudyChange[]): Settings {
  const back = changes.filter(({ setting, after }) => isDeepStrictEqual(valueAt(settings, setting), after));
  return Settings.parse(back.reduce((now, { setting, before }) => put(now, setting, before), settings));
}

function put(settings: Settings, setting: string, value: Json): Settings {
  const [name, part] = setting.split('.') as [keyof Settings, string?];
  if (part === undefined) return { ...settings, [name]: value };
  return { ...settings, [name]: { ...(settings[name] as object), [part]: value } };
}
