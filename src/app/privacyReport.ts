import type { GuardCounts, Source, SourceCounts } from '../model/guard.ts';
import type { Health } from '../model/monitor.ts';
import type { PrivacyReport, SourceReport } from '../model/report.ts';
import type { Settings } from '../model/settings.ts';

const NONE: SourceCounts = { kept: 0, redacted: 0, dropped: 0, reasons: {} };

/** What each source keeps, and never does; the Settings screen and `doctor --privacy` say the same. */
const WORDS: Readonly<Record<Source, { readonly stored: string; readonly never: string }>> = {
  window: {
    stored: 'The app, its window’s title after redaction, and how long it was in front.',
    never:
      'Pictures of the screen; titles of private windows, password managers, sign-in, bank and health pages, and what you exclude.',
  },
  clipboard: {
    stored:
      'That something was copied, its kind and size, and of text up to 2,000 characters after redaction.',
    never:
      'Anything marked as a secret or taken back by its owner; pictures and files themselves; text from a password field.',
  },
  keyboard: {
    stored: 'How many keys and words, and that you saved, pasted or undid; never which keys.',
    never: 'Single keys on disk; anything typed into a password field, a terminal or a field nobody knows.',
  },
  file: {
    stored: 'Name, kind and size of files in the folders you chose, and the name of their folder.',
    never: 'What is in a file, whole paths, hidden and credential files.',
  },
  idle: { stored: 'When you left and came back.', never: 'Anything else.' },
  web: {
    stored: 'Title and address of a page that your browser’s extension reports, after redaction.',
    never: 'Pages of private windows and excluded sites; what is on a page.',
  },
  editor: {
    stored: 'Name of the file, project and language that your editor’s extension reports.',
    never: 'What is in the file, and its path.',
  },
  import: {
    stored: 'What you import from a file, after the same redaction and exclusions.',
    never: 'More than the sources above would keep.',
  },
};

const TYPED = (apps: readonly string[]) =>
  `How many keys and words; in ${apps.join(', ')}, which you chose, also the sentences after redaction.`;

/** What a report is made of; `counts` and `since` are null where no core runs. */
export interface ReportParts {
  readonly settings: Settings;
  readonly health: readonly Health[];
  readonly counts: GuardCounts | null;
  readonly since: number | null;
  readonly watching: boolean;
  readonly store: PrivacyReport['store'];
  /** Address of the window's server, where one runs. */
  readonly window?: string;
}

/** Puts the privacy report together. */
export function privacyReport(parts: ReportParts): PrivacyReport {
  const { settings, since, watching, store } = parts;
  return {
    since,
    watching,
    sources: (Object.keys(WORDS) as Source[]).map((source) => sourceReport(source, parts)),
    store,
    leaves: leaving(settings),
    listens: settings.activityWatch.ingest
      ? ['127.0.0.1:5600 and [::1]:5600 take events from ActivityWatch’s extensions, and give none.']
      : [],
  };
}

function sourceReport(source: Source, { settings, health, counts }: ReportParts): SourceReport {
  const { stored, never } = WORDS[source];
  const own = health.find((each) => each.name === monitorOf(source));
  return {
    source,
    on: isOn(source, settings),
    state: own?.state ?? 'off',
    ...(own?.reason && { reason: own.reason }),
    stored: source === 'keyboard' && settings.typedApps.length > 0 ? TYPED(settings.typedApps) : stored,
    never,
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

function leaving({ model, endpoint }: Settings): string[] {
  const ways: string[] = [];
  if (model.use === 'remote' && endpoint) {
    ways.push(`What the model is shown goes to ${new URL(endpoint.url).origin}, which you chose.`);
  }
  return ways;
}
