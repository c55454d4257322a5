import { SOURCES, type GuardCounts, type Source, type SourceCounts } from '../model/guard.ts';
import type { Health } from '../model/monitor.ts';
import type { PrivacyReport, SourceReport } from '../model/report.ts';
import type { Settings } from '../model/settings.ts';
import { sourceWords, waysOut } from '../model/sourceWords.ts';
import { SPOKEN } from '../model/spoken.ts';

const NONE: SourceCounts = { kept: 0, redacted: 0, dropped: 0, reasons: {} };

/** What a report is made of; `counts` and `since` are null where no core runs. */
export interface ReportParts {
  readonly settings: Settings;
  readonly health: readonly Health[];
  readonly counts: GuardCounts | null;
  readonly since: number | null;
  readonly watching: boolean;
  readonly store: PrivacyReport['store'];
}

/** Puts the privacy report together. */
export function privacyReport(parts: ReportParts): PrivacyReport {
  const { settings, since, watching, store } = parts;
  return {
    since,
    watching,
    sources: SOURCES.map((source) => sourceReport(source, parts)),
    store,
    leaves: waysOut(settings),
    listens: settings.activityWatch.ingest ? [SPOKEN.en.privacy.port] : [],
    beside: [...SPOKEN.en.privacy.beside],
  };
}

function sourceReport(source: Source, { settings, health, counts }: ReportParts): SourceReport {
  const own = health.find((each) => each.name === monitorOf(source));
  return {
    source,
    on: isOn(source, settings),
    state: own?.state ?? 'off',
    ...(own?.reason && { reason: own.reason }),
    ...sourceWords(source, settings.typedApps),
    days: daysOf(source, settings),
    counts: plain(counts?.sources[source] ?? NONE, source),
  };
}

/** Reasons carry their source in front where they stand among others; here they stand alone. */
function plain(counts: SourceCounts, source: Source): SourceCounts {
  const reasons = Object.entries(counts.reasons).map(([reason, count]) => [
    reason.startsWith(`${source}: `) ? reason.slice(source.length + 2) : reason,
    count,
  ]);
  return { ...counts, reasons: Object.fromEntries(reasons) };
}

/** Name of the monitor that gives a source. */
function monitorOf(source: Source): string {
  if (source === 'file') return 'files';
  return source === 'web' || source === 'editor' ? 'activityWatch' : source;
}

function isOn(source: Source, settings: Settings): boolean {
  switch (source) {
    case 'file':
      return settings.sources.files;
    case 'web':
    case 'editor':
      return settings.activityWatch.ingest;
    case 'import':
      return true;
    default:
      return settings.sources[source];
  }
}

function daysOf(source: Source, { retentionDays }: Settings): number {
  if (source === 'file') return retentionDays.files;
  return source === 'import' ? Math.max(...Object.values(retentionDays)) : retentionDays[source];
}
