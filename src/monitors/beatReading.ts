import type { AfkEvent, EditorEvent, WindowEvent } from '../model/event.ts';
import type { Guard, Source } from '../model/guard.ts';
import { appFacts } from '../model/app.ts';
import { pageOf } from './page.ts';
import { withoutMarks } from './titleMarks.ts';

/** What may be kept of a heartbeat, or why nothing may. `monitor` names the source in the event. */
export type Reading =
  | ({ readonly monitor: string } & (
      | Pick<WindowEvent, 'kind' | 'app' | 'data'>
      | Pick<EditorEvent, 'kind' | 'app' | 'data'>
      | Pick<AfkEvent, 'kind' | 'app' | 'data'>
    ))
  | { readonly dropped: string; readonly source: Source };

/** What is known beside the heartbeat itself. */
export interface Around {
  /** The application in front where the platform tells, so that events of one application carry one name. */
  readonly app?: string;
  /** True when the platform says that the window in front is private. */
  readonly private?: boolean;
}

/** Bucket types (aw-watcher-web, aw-watcher-vscode and its kin, aw-watcher-window, aw-watcher-afk). */
export const WEB = 'web.tab.current';
export const EDITOR = 'app.editor.activity';
export const WINDOW = 'currentwindow';
export const AFK = 'afkstatus';
export const INPUT = 'os.hid.input';

const LONGEST = 4096;

/** What `aw-watcher-web` calls the browsers, and what their windows are called. */
const BROWSERS: Readonly<Record<string, string>> = {
  chrome: 'google-chrome',
  edge: 'microsoft-edge',
  arc: 'arc',
};

/** The application behind a bucket of a browser or editor extension, by the bucket's id. */
export function appOfBucket(bucket: string, type: string): string {
  const name = /^aw-watcher-(?:web-)?([a-z0-9.]+(?:-[a-z0-9.]+)*)/i.exec(bucket)?.[1]?.toLowerCase() ?? '';
  if (type === EDITOR) return name === '' || name === 'vscode' ? 'code' : name;
  return BROWSERS[name] ?? (name || 'browser');
}

/**
 * Reads one heartbeat through the guard: it is asked before any text is looked at, and every text goes through its
 * redaction. `source` overrides whom the guard is asked as (an import).
 */
export function readBeat(
  beat: { readonly bucket: string; readonly type: string; readonly data: Readonly<Record<string, unknown>> },
  guard: Guard,
  around: Around = {},
  source?: Source,
): Reading {
  switch (beat.type) {
    case WEB:
      return readWeb(beat, guard, around, source ?? 'web');
    case EDITOR:
      return readEditor(beat, guard, around, source ?? 'editor');
    case WINDOW:
      return readWindow(beat.data, guard, source ?? 'window');
    case AFK: {
      const status = beat.data['status'];
      if (status !== 'afk' && status !== 'not-afk')
        return { dropped: 'unreadable', source: source ?? 'idle' };
      return { monitor: 'idle', kind: 'afk', data: { status } };
    }
    default:
      return { dropped: 'unknown kind of bucket', source: source ?? 'web' };
  }
}

/** What both readings need of a heartbeat. */
interface Told {
  readonly bucket: string;
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
}

function readWeb({ bucket, type, data }: Told, guard: Guard, around: Around, source: Source): Reading {
  // Before its address or title is looked at.
  if (data['incognito'] === true || around.private === true) return { dropped: 'private window', source };
  const app = around.app ?? appOfBucket(bucket, type);
  const address = text(data['url']);
  const title = text(data['title']);
  const verdict = guard.before({
    source,
    app,
    ...(title && { title }),
    ...(address && { page: address }),
    ...(data['incognito'] === false && { private: false }),
  });
  if (verdict.allow !== 'content') return { dropped: verdict.reason, source };
  const hide = (content: string) => guard.redact(content, source).text;
  const kept = hide(withoutMarks(title)).slice(0, 1024);
  const page = pageOf(address, hide);
  return {
    monitor: 'web',
    kind: 'window',
    app: app.slice(0, 256),
    data: { ...(kept && { title: kept }), ...(page && { page }) },
  };
}

function readEditor({ bucket, type, data }: Told, guard: Guard, around: Around, source: Source): Reading {
  const editor = around.app !== undefined && appFacts(around.app).kind === 'editor' ? around.app : undefined;
  const app = editor ?? appOfBucket(bucket, type);
  const path = named(data['file']);
  const file = path && baseOf(path);
  const project = named(data['project']) && baseOf(named(data['project']));
  const language = named(data['language']);
  const verdict = guard.before({
    source,
    app,
    title: [file, project].filter(Boolean).join(' - '),
    ...(path && { path }),
  });
  if (verdict.allow !== 'content') return { dropped: verdict.reason, source };
  const hide = (content: string, most: number) => guard.redact(content, source).text.slice(0, most);
  const seen = {
    ...(file && { file: hide(file, 512) }),
    ...(project && { project: hide(project, 512) }),
    // A name of a language is one of a short list; anything longer is none.
    ...(/^[A-Za-z][\w+#. -]{0,39}$/.test(language) && { language: hide(language, 64) }),
  };
  if (!seen.file && !seen.project) return { dropped: 'no file', source };
  return { monitor: 'editor', kind: 'editor', app: app.slice(0, 256), data: seen };
}

function readWindow(data: Readonly<Record<string, unknown>>, guard: Guard, source: Source): Reading {
  const app = text(data['app']).slice(0, 256);
  const title = text(data['title']);
  const verdict = guard.before({ source, ...(app && { app }), ...(title && { title }) });
  if (verdict.allow === 'nothing') return { dropped: verdict.reason, source };
  const kept =
    verdict.allow === 'content' && title
      ? guard.redact(withoutMarks(title), source).text.slice(0, 1024)
      : undefined;
  return { monitor: 'window', kind: 'window', ...(app && { app }), data: kept ? { title: kept } : {} };
}

function text(value: unknown): string {
  return typeof value === 'string' ? value.slice(0, LONGEST).trim() : '';
}

/** Editors say `unknown` for what they do not know. */
function named(value: unknown): string {
  const found = text(value);
  return found === 'unknown' ? '' : found;
}

function baseOf(path: string): string {
  return path.split(/[/\\]/).findLast((part) => part !== '') ?? '';
}
