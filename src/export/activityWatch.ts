import { z } from 'zod';
import type { Event } from '../model/event.ts';
import type { EVENT_KINDS } from './source.ts';

/**
 * One event of an ActivityWatch export (aw-core `schemas/event.json`): ISO time, seconds, data. `id` is left to whoever
 * imports it.
 */
export const BucketEvent = z.strictObject({
  timestamp: z.iso.datetime(),
  duration: z.number().nonnegative(),
  data: z.record(z.string(), z.unknown()),
});
/** What stands before a bucket's events (aw-core `schemas/bucket.json`). */
export const BucketHead = z.strictObject({
  id: z.string().min(1),
  type: z.string().min(1),
  client: z.string().min(1),
  hostname: z.string().min(1),
  created: z.iso.datetime(),
});
export type BucketHead = z.infer<typeof BucketHead>;

/** A bucket to be written: its head, the kind of events to read for it, and its data for one; null leaves it out. */
export interface Bucket {
  readonly head: BucketHead;
  readonly kind: (typeof EVENT_KINDS)[number];
  data(event: Event): Readonly<Record<string, unknown>> | null;
}

/**
 * The buckets of a log. Windows, presence, pages, files in editors and counts of keys are buckets of ActivityWatch's own
 * types, named as its watchers name theirs; the rest are of our own types. An application has a bucket of its own where
 * its bucket's name is what tells which it is.
 */
export function bucketsOf(options: {
  readonly hostname: string;
  /** ISO 8601. */
  readonly created: string;
  readonly browsers: readonly string[];
  readonly editors: readonly string[];
  /** An application as it may be called. */
  readonly rename: (app: string) => string;
}): readonly Bucket[] {
  const named = (apps: readonly string[]) => slugs(apps, options.rename);
  const head = (name: string, type: string): BucketHead => ({
    id: `${name}_${options.hostname}`,
    type,
    client: 'beforehand',
    hostname: options.hostname,
    created: options.created,
  });
  const own = (kind: Bucket['kind']): Bucket => ({
    head: head(`beforehand-${kind}`, `beforehand.${kind}`),
    kind,
    data: (event) => ({ ...(event.app !== undefined && { app: event.app }), ...event.data }),
  });
  return [
    {
      head: head('aw-watcher-window', 'currentwindow'),
      kind: 'window',
      data: (event) =>
        event.kind === 'window' ? { app: event.app ?? 'unknown', title: event.data.title ?? '' } : null,
    },
    { head: head('aw-watcher-afk', 'afkstatus'), kind: 'afk', data: (event) => ({ ...event.data }) },
    ...named(options.browsers).map(({ app, slug }): Bucket => ({
      head: head(`aw-watcher-web-${slug}`, 'web.tab.current'),
      kind: 'window',
      data: (event) =>
        event.kind === 'window' && (event.app ?? '') === app && event.data.page !== undefined
          ? {
              url: event.data.page,
              title: event.data.title ?? '',
              audible: false,
              incognito: false,
              tabCount: 0,
            }
          : null,
    })),
    ...named(options.editors).map(({ app, slug }): Bucket => ({
      head: head(`aw-watcher-${slug}`, 'app.editor.activity'),
      kind: 'editor',
      data: (event) =>
        event.kind === 'editor' && (event.app ?? '') === app
          ? {
              file: event.data.file ?? 'unknown',
              project: event.data.project ?? 'unknown',
              language: event.data.language ?? 'unknown',
            }
          : null,
    })),
    {
      head: head('aw-watcher-input', 'os.hid.input'),
      kind: 'keyboard',
      data: (event) =>
        event.kind === 'keyboard'
          ? {
              presses: event.data.keys,
              clicks: 0,
              deltaX: 0,
              deltaY: 0,
              scrollX: 0,
              scrollY: 0,
              ...event.data,
            }
          : null,
    },
    ...(['clipboard', 'file', 'described', 'capture'] as const).map(own),
  ];
}

/** One event as its bucket has it. */
export function bucketEvent(event: Event, data: Readonly<Record<string, unknown>>): object {
  return { timestamp: new Date(event.at).toISOString(), duration: event.duration / 1000, data };
}

/** What stands before, between and behind buckets and events: one line each, so that a file can be checked line by line. */
export const BUCKET_LINES = {
  open: '{"buckets":{\n',
  head: ({ id, ...rest }: BucketHead, first: boolean) =>
    `${first ? '' : ',\n'}${JSON.stringify(id)}:${JSON.stringify({ id, ...rest }).slice(0, -1)},"events":[`,
  event: (json: string, first: boolean) => `${first ? '\n' : ',\n'}${json}`,
  end: '\n]}',
  close: '\n}}\n',
} as const;

/** Applications as bucket names can hold them; two that come out alike are told apart. */
function slugs(
  apps: readonly string[],
  rename: (app: string) => string,
): readonly { readonly app: string; readonly slug: string }[] {
  const used = new Set<string>(['window', 'afk', 'input']);
  return apps.map((app) => {
    const base =
      rename(app)
        .toLowerCase()
        .replace(/[^a-z0-9.]+/g, '-')
        .replace(/^[-.]+|[-.]+$/g, '') || 'unknown';
    let slug = base;
    for (let number = 2; used.has(slug); number += 1) slug = `${base}-${number}`;
    used.add(slug);
    return { app, slug };
  });
}
