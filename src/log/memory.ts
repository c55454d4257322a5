import { AppError } from '../errors.ts';
import { isApp } from '../model/app.ts';
import type { Decision } from '../model/decision.ts';
import type { Event } from '../model/event.ts';
import type { Answer, AuditEntry, Feedback } from '../model/feedback.ts';
import type { EventLog, ForgetFilter, KeepFrom, Page, Range } from '../model/log.ts';
import { momentOf } from '../model/moment.ts';
import type { KeptMute } from '../model/mute.ts';
import type { Observation } from '../model/observation.ts';
import type { Clock } from '../model/ports.ts';
import { selects } from '../model/selected.ts';
import { isWithin, siteOfEvent } from '../model/site.ts';
import type { Suggestion } from '../model/suggestion.ts';
import { DECISION_WINDOW, TITLE_AFTER, TITLE_BEFORE } from './forget.ts';
import { newest } from './migrations.ts';
import { limitOf, momentLimit } from './read.ts';
import { keptFrom } from './retention.ts';
import { MOST_STAYS, stretchLimit } from './timeline.ts';
import { capturedOf, mapped, offeredOf, toldOf } from './memoryOutcomes.ts';
import { outcomeLimit } from './outcomes.ts';
import { matches } from './words.ts';

interface Kept<T> {
  readonly seq: number;
  readonly row: T;
}

/** Windows that showed a page of this site without saying so, as forget.ts finds them. */
function titledBy(events: readonly Event[], site: string): Set<string> {
  const windows = events.filter((each) => each.kind === 'window');
  const pages = windows.filter((each) => {
    const of = siteOfEvent(each);
    return of !== undefined && isWithin(of, site) && each.data.title;
  });
  const showed = (each: (typeof windows)[number]) =>
    siteOfEvent(each) === undefined &&
    pages.some(
      (page) =>
        each.at >= page.at - TITLE_BEFORE &&
        each.at <= page.at + page.duration + TITLE_AFTER &&
        each.data.title?.includes(page.data.title!),
    );
  return new Set(windows.filter(showed).map(({ id }) => id));
}

/** A copy as a disk would give it back: fields without a value are gone. */
function copyOf<T>(row: T): T {
  return JSON.parse(JSON.stringify(row)) as T;
}

/** Rows of one kind in the order they came, found by id. */
function createShelf<T>(idOf: (row: T) => string, atOf: (row: T) => number) {
  const rows = new Map<string, Kept<T>>();
  let last = 0;
  return {
    size: () => rows.size,
    get: (id: string): T | null => rows.get(id)?.row ?? null,
    all: (): T[] => [...rows.values()].map((each) => each.row),
    add(row: T): void {
      if (!rows.has(idOf(row))) rows.set(idOf(row), { seq: ++last, row: copyOf(row) });
    },
    put(row: T): void {
      rows.set(idOf(row), { seq: rows.get(idOf(row))?.seq ?? ++last, row: copyOf(row) });
    },
    /** Removes what `doomed` says and returns it. */
    drop(doomed: (row: T) => boolean): T[] {
      const gone = [...rows.values()].map((each) => each.row).filter(doomed);
      for (const row of gone) rows.delete(idOf(row));
      return gone;
    },
    page(range: Range, keep: (row: T) => boolean = () => true, limit = limitOf(range)): Page<T> {
      const found = [...rows.values()]
        .filter(({ seq, row }) => seq < (range.before ?? Infinity) && keep(row))
        .filter(({ row }) => atOf(row) >= (range.from ?? -Infinity) && atOf(row) <= (range.to ?? Infinity))
        .sort((a, b) => b.seq - a.seq);
      const shown = found.slice(0, limit);
      const page = { rows: shown.map((each) => copyOf(each.row)) };
      return found.length > limit ? { ...page, next: shown.at(-1)!.seq } : page;
    },
  };
}

const at = (row: { readonly at: number }) => row.at;
const id = (row: { readonly id: string }) => row.id;

function noFile(): never {
  throw new AppError(
    'refused',
    '[log] this log lives in memory only: there is no file to copy or to lock anew',
  );
}

/** The log without a disk: for tests and the demo. Loses everything at `close`; what needs a file is refused. */
export function createMemoryLog(_clock: Clock): EventLog {
  const events = createShelf<Event>(id, at);
  const observations = createShelf<Observation>(id, (row) => row.time);
  const suggestions = createShelf<Suggestion>(id, at);
  const answers = createShelf<Answer>((row) => row.suggestion, at);
  const feedbacks = createShelf<Feedback>(id, at);
  const decisions = createShelf<Decision>(id, at);
  const audits = createShelf<AuditEntry>(id, at);
  const mutes = createShelf<KeptMute>((row) => `${row.what} ${row.name}`, at);
  let open = true;

  async function when<T>(work: () => T): Promise<T> {
    if (!open) throw new AppError('not-running', '[log] the log is closed');
    return work();
  }

  function forget(filter: ForgetFilter): number {
    const all = 'everything' in filter;
    const within = (time: number) => 'from' in filter && time >= filter.from && time <= filter.to;
    const selected = 'began' in filter ? selects(filter) : null;
    const chosen = (row: Observation) => {
      if (selected) return selected(row);
      if ('observations' in filter) return filter.observations.includes(row.id);
      if ('events' in filter) return [row.id, ...row.sources].some((each) => filter.events.includes(each));
      if ('app' in filter) return isApp(row.app, filter.app);
      if ('site' in filter) return row.site !== undefined && isWithin(row.site, filter.site);
      if ('from' in filter) return row.time <= filter.to && row.time + row.duration >= filter.from;
      return all;
    };
    const titled = 'site' in filter ? titledBy(events.all(), filter.site) : new Set<string>();
    const gone = observations.drop((row) => chosen(row) || row.sources.some((each) => titled.has(each)));
    const ids = new Set(gone.map(id));
    const described = new Set(gone.flatMap((row) => row.sources));
    const saw = (row: { readonly seen: readonly Observation[] }) =>
      row.seen.some((each) => ids.has(each.id) || chosen(each));
    const marked = (row: { readonly study?: { readonly id: string } | undefined }) =>
      'study' in filter && row.study?.id === filter.study;
    const doomed = new Set(
      suggestions
        .drop(
          (row) =>
            all ||
            marked(row) ||
            saw(row) ||
            within(row.at) ||
            ('suggestion' in filter && row.id === filter.suggestion),
        )
        .map(id),
    );
    if ('suggestion' in filter) doomed.add(filter.suggestion);
    const of = (suggestion: string | undefined) => suggestion !== undefined && doomed.has(suggestion);
    events.drop((row) => {
      const site = siteOfEvent(row);
      return (
        all ||
        described.has(row.id) ||
        titled.has(row.id) ||
        within(row.at) ||
        ('events' in filter && filter.events.includes(row.id)) ||
        ('app' in filter && isApp(row.app, filter.app)) ||
        ('site' in filter && site !== undefined && isWithin(site, filter.site))
      );
    });
    feedbacks.drop((row) => all || marked(row) || saw(row) || of(row.suggestion) || within(row.at));
    mutes.drop(
      (row) =>
        all ||
        (row.what === 'topic' &&
          (of(row.suggestion) ||
            ('app' in filter && (row.apps ?? []).some((each) => isApp(each, filter.app))) ||
            ('site' in filter && (row.sites ?? []).some((each) => isWithin(each, filter.site))) ||
            ('from' in filter && row.at >= filter.from && (row.from ?? row.at) <= filter.to))),
    );
    answers.drop((row) => all || of(row.suggestion) || within(row.at));
    audits.drop((row) => all || of(row.suggestion) || within(row.at));
    decisions.drop(
      (row) =>
        all ||
        marked(row) ||
        of(row.suggestion) ||
        within(row.at) ||
        (row.observation !== undefined && ids.has(row.observation)),
    );
    for (const { task, ...row } of decisions.all()) {
      const near = gone.some(
        (each) => each.time <= row.at && each.time + each.duration >= row.at - DECISION_WINDOW,
      );
      if (task !== undefined && near) decisions.put(row);
    }
    return gone.length;
  }

  /** The same rules as retention.ts, without batches: memory is not kept long enough to need them. */
  function retain(from: KeepFrom, limit: number): number {
    let left = limit;
    const some =
      <T>(old: (row: T) => boolean) =>
      (row: T) =>
        left > 0 && old(row) && left-- > 0;
    const ended = observations.drop(
      some((row) => row.time + row.duration < keptFrom(from, row.kind, row.site !== undefined)),
    );
    const described = new Set(ended.flatMap((row) => row.sources));
    const ids = new Set(ended.map(id));
    events.drop((row) => described.has(row.id));
    decisions.drop((row) => row.observation !== undefined && ids.has(row.observation));
    events.drop(
      some(
        (row) =>
          row.at < keptFrom(from, row.kind, siteOfEvent(row) !== undefined) && !observations.get(row.id),
      ),
    );
    for (const shelf of [suggestions, feedbacks, answers, audits, decisions] as const) {
      (shelf as { drop(doomed: (row: { readonly at: number }) => boolean): unknown }).drop(
        some((row: { readonly at: number }) => row.at < from.suggestions),
      );
    }
    return limit - left;
  }

  return {
    append: (rows) => when(() => rows.forEach(events.add)),
    observe: (rows) => when(() => rows.forEach(observations.put)),
    suggest: (row) => when(() => suggestions.put(row)),
    answer: (row) => when(() => answers.put(row)),
    feedback: (row) => when(() => feedbacks.add(row)),
    reply: (feedback, askedAt, replies) =>
      when(() => {
        const row = feedbacks.get(feedback);
        if (row?.study) feedbacks.put({ ...row, study: { ...row.study, askedAt, replies: [...replies] } });
        return row?.study !== undefined;
      }),
    decide: (row) => when(() => decisions.add(row)),
    audit: (row) => when(() => audits.add(row)),
    mute: (row) => when(() => mutes.put(row)),

    events: (range = {}) =>
      when(() => events.page(range, (row) => range.kinds === undefined || range.kinds.includes(row.kind))),
    observations: (range = {}) =>
      when(() =>
        observations.page(
          range,
          (row) =>
            (range.app === undefined || row.app === range.app) &&
            (range.site === undefined || row.site === range.site) &&
            (range.text === undefined || range.text.trim() === '' || matches(row.event, range.text)),
        ),
      ),
    suggestions: (range = {}) =>
      when(() =>
        suggestions.page(range, (row) => range.states === undefined || range.states.includes(row.state)),
      ),
    suggestion: (suggestion) => when(() => copyOf(suggestions.get(suggestion))),
    answerOf: (suggestion) => when(() => copyOf(answers.get(suggestion))),
    feedbacks: (range = {}) => when(() => feedbacks.page(range)),
    decisions: (range = {}) => when(() => decisions.page(range)),
    audits: (range = {}) => when(() => audits.page(range)),
    moments: (range = {}) =>
      when(() => {
        const page = decisions.page(range, (row) => momentOf(row) !== null, momentLimit(range));
        return { ...page, rows: page.rows.map((row) => momentOf(row)!) };
      }),
    offered: (range = {}) =>
      when(() => mapped(suggestions.page(range, undefined, outcomeLimit(range)), offeredOf)),
    told: (range = {}) => when(() => mapped(feedbacks.page(range, undefined, outcomeLimit(range)), toldOf)),
    captured: (range) => when(() => capturedOf(events.all(), range)),
    mutes: () => when(() => mutes.all().map(copyOf)),
    quarters: ({ app, from = 0 } = {}) =>
      when(() => {
        const many = new Map<number, number>();
        for (const row of observations.all()) {
          const start = row.time - (row.time % 900_000);
          if (start >= from && (app === undefined || row.app === app))
            many.set(start, (many.get(start) ?? 0) + 1);
        }
        return [...many].sort((a, b) => b[0] - a[0]);
      }),
    byTime: ({ from = -Infinity, to = Infinity, skip = 0, limit, app }) =>
      when(() =>
        observations
          .all()
          .filter((row) => row.time >= from && row.time <= to && (app === undefined || row.app === app))
          .toReversed()
          .sort((a, b) => b.time - a.time)
          .slice(skip, skip + stretchLimit(limit))
          .map(copyOf),
      ),
    stays: (from) =>
      when(() =>
        observations
          .all()
          .filter((row) => row.kind === 'window' && row.app !== undefined && row.time >= from)
          .toReversed()
          .sort((a, b) => b.time - a.time)
          .slice(0, MOST_STAYS)
          .map(({ id, time, duration, app = '' }) => ({ id, time, duration, app })),
      ),

    forget: (filter) => when(() => forget(filter)),
    retain: (from, limit) => when(() => retain(from, limit)),
    rotateKey: () => when(noFile),
    copies: () => when(() => []),
    noteCopy: () => when(noFile),
    backup: () => when(noFile),
    keepBackup: () => when(() => false),
    check: () => when(() => 'ok'),
    state: () =>
      when(() => ({
        place: 'memory',
        encrypted: false,
        key: 'none' as const,
        events: events.size(),
        observations: observations.size(),
        bytes: 0,
        schema: newest(),
      })),
    close: async () => {
      open = false;
    },
  };
}
