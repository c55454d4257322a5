import { AppError } from '../errors.ts';
import type { Feedback } from '../model/feedback.ts';
import type { EventLog } from '../model/log.ts';
import type { KeptMute, Mute } from '../model/mute.ts';
import type { Clock } from '../model/ports.ts';
import type { Suggestion } from '../model/suggestion.ts';
import { sameTopic } from '../model/topic.ts';

/** What somebody may be offered, as far as a mute looks at it. */
export interface Offerable {
  readonly topic: string;
  /** The proposer's name: a kind of proposal. */
  readonly proposer?: string;
  readonly app?: string;
}

/** What the user muted for good, in memory and in the log. It outlives restarts and the retention of suggestions. */
export interface Mutes {
  /** Reads them anew. */
  load(): Promise<void>;
  /** Those in force, newest first. */
  list(): readonly Mute[];
  /** Why this is not offered, or null. */
  why(offered: Offerable): string | null;
  app(name: string): boolean;
  /** Mutes what a suggestion stands for; `bad-input` for an app where nobody knows which it was. */
  mute(suggestion: Suggestion, what: Mute['what']): Promise<void>;
  /** Takes a mute back; `not-found` where nothing of that name is muted. */
  unmute(what: Mute['what'], name: string): Promise<void>;
  /** A dismiss with the reason `never-here` mutes its app, unless that was taken back since. */
  learn(feedback: Feedback): void;
  /** Whether the user took a mute of this topic back at or after this time (epoch milliseconds): the no before counts no more. */
  lifted(topic: string, at: number): boolean;
}

/** Mutes over the log. One that could not be written still holds until the program ends. */
export function createMutes({ clock, log }: { readonly clock: Clock; readonly log: EventLog }): Mutes {
  let rows: KeptMute[] = [];

  const inForce = () => rows.filter((each) => each.on);
  const find = (what: Mute['what'], name: string) => rows.find((each) => isThis(each, what, name));
  const put = (row: KeptMute) => {
    // One row for each app, whatever the case of its name; in its old place, as the log keeps it.
    const old = find(row.what, row.name);
    const kept = { ...row, name: old?.name ?? row.name };
    rows = old ? rows.map((each) => (each === old ? kept : each)) : [...rows, kept];
    return log.mute(kept);
  };

  return {
    async load() {
      rows = [...(await log.mutes())];
    },
    list: () =>
      inForce()
        .toSorted((a, b) => b.at - a.at)
        .map(({ what, name, at, task }) => ({ what, name, at, ...(task !== undefined && { task }) })),
    why({ topic, proposer, app }) {
      for (const each of inForce()) {
        if (each.what === 'app' && app && isThis(each, 'app', app)) {
          return 'you asked never to be offered help in this app';
        }
        if (each.what === 'kind' && each.name === proposer) return 'you muted this kind of suggestion';
        if (each.what === 'topic' && sameTopic(each.name, topic)) return 'you muted this topic';
      }
      return null;
    },
    app: (name) => find('app', name)?.on === true,
    async mute(suggestion, what) {
      const { proposal } = suggestion;
      const name =
        what === 'topic' ? proposal.topic : what === 'kind' ? proposal.proposer : appOf(suggestion);
      if (!name) {
        throw new AppError('bad-input', '[policy] nobody knows in which app this was, so none can be muted.');
      }
      const from = suggestion.seen[0]?.time;
      const seen = what === 'topic' && {
        suggestion: suggestion.id,
        apps: unique(suggestion.seen.map((each) => each.app)).slice(0, 64),
        sites: unique(suggestion.seen.map((each) => each.site)).slice(0, 64),
        ...(from !== undefined && { from }),
      };
      const task = what === 'topic' ? { task: proposal.task } : {};
      await put({ what, name, at: clock.now(), on: true, ...task, ...seen });
    },
    async unmute(what, name) {
      const row = find(what, name);
      if (!row?.on) throw new AppError('not-found', '[policy] nothing of that name is muted.');
      await put({ ...row, at: clock.now(), on: false });
    },
    learn({ reason, label, at, seen }) {
      const name = appOf({ seen });
      if (label !== 'rejected' || reason !== 'never-here' || !name) return;
      const row = find('app', name);
      // A row is the newer word: an answer is read again at each start.
      if (row && (row.on || row.at >= at)) return;
      put({ what: 'app', name, at, on: true }).catch(() => {});
    },
    lifted: (topic, at) =>
      rows.some((each) => each.what === 'topic' && !each.on && each.at >= at && sameTopic(each.name, topic)),
  };
}

function isThis(row: KeptMute, what: Mute['what'], name: string): boolean {
  if (row.what !== what) return false;
  return what === 'app' ? row.name.toLowerCase() === name.toLowerCase() : row.name === name;
}

/** The app in which something was offered: the last that was seen. */
export function appOf({ seen }: Pick<Suggestion, 'seen'>): string | undefined {
  return seen.findLast((observation) => observation.app)?.app;
}

/** A suggestion as a mute looks at it. */
export function offered(suggestion: Suggestion): Offerable {
  const { topic, proposer } = suggestion.proposal;
  const app = appOf(suggestion);
  return { topic, proposer, ...(app && { app }) };
}

function unique(list: readonly (string | undefined)[]): string[] {
  return [...new Set(list.filter((each) => each !== undefined))];
}
