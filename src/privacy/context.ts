import { appFacts } from '../model/app.ts';
import { type Context, MARKED_COPY, UNTOLD_PRIVATE, type Verdict } from '../model/guard.ts';
import type { Settings } from '../model/settings.ts';
import { titleFacts } from '../model/title.ts';
import { isMarked } from './clipboardMarks.ts';
import { createMatcher, type Exclusions, words } from './exclusions.ts';
import { createPageRules, namesExcludedSite } from './page.ts';
import { isHiddenPath } from './path.ts';
import { brandPrivacy, isBrowser } from './privateWindow.ts';

/** Decides, ahead of any content, what a source may keep. */
export type Decide = (context: Context, settings: Settings) => Verdict;

/** Kinds of programs whose titles name files and folders: a `login.py` in an editor is nobody's password. */
const fileKinds = new Set(['editor', 'office', 'reader', 'terminal', 'files', 'media']);

const nothing = (reason: string): Verdict => ({ allow: 'nothing', reason });
const counts = (reason: string): Verdict => ({ allow: 'counts', reason });

/** Builds the rules from the shipped lists; the user's own are read from the settings at every decision. */
export function createDecide(exclusions: Exclusions): Decide {
  const excludedApp = createMatcher(exclusions.apps);
  const excludedTitle = createMatcher(exclusions.titles);
  const excludedPage = createPageRules(exclusions.sites);
  const privateMarks = exclusions.privateMarks.map((mark) => words(mark).trim());

  /** Why this focus is protected, or null. */
  function protectedBy(context: Context, settings: Settings): string | null {
    const { app = '', title, page } = context;
    const named = excludedApp(app, settings.allowed) ?? excludedApp(appFacts(app).name, settings.allowed);
    if (named) return named;
    if (hasPart(app, settings.excludedApps) || hasPart(appFacts(app).name, settings.excludedApps))
      return 'app you excluded';
    if (context.private === true) return 'private window';
    const byPage = page === undefined ? null : excludedPage(page, settings);
    if (byPage) return byPage;
    if (title === undefined) return null;
    if (page === undefined && isBrowser(app, title) && namesExcludedSite(title, settings))
      return 'site you excluded';
    return protectedTitle(app, title, settings);
  }

  function protectedTitle(app: string, title: string, settings: Settings): string | null {
    if (hasPart(title, settings.excludedTitles)) return 'title you excluded';
    const kind = appFacts(app).kind;
    if (kind === 'browser' || kind === 'other') {
      if (isPrivate(title)) return 'private window';
    }
    if (fileKinds.has(kind)) return null;
    // A password manager's own page or extension window, and sign-in, bank and health pages.
    const reason = excludedTitle(title, settings.allowed);
    if (reason && titleFacts(title, app).kind !== 'search') return reason;
    return kind === 'browser' ? managerPage(title, settings) : null;
  }

  /** The mark stands behind the last separator or in the last brackets, where browsers put it. */
  function isPrivate(title: string): boolean {
    const tail = /(?:[-–—([][^-–—([]{0,60}){1,2}$/.exec(title)?.[0];
    if (!tail) return false;
    const end = words(tail).trim();
    return privateMarks.some(
      (mark) => end === mark || end.endsWith(` ${mark}`) || end.startsWith(`${mark} `),
    );
  }

  function managerPage(title: string, settings: Settings): string | null {
    return excludedApp(title, settings.allowed) === 'password manager' ? 'password manager' : null;
  }

  return (context, settings) => {
    const { source } = context;
    if (source === 'idle') return counts('presence only');
    if (source === 'file') return fileVerdict(context, settings);
    if (source === 'clipboard' && isMarked(context.targets)) return nothing(MARKED_COPY);
    if (context.app === undefined || context.app.trim() === '') return counts('unknown focus');
    // An editor names the file it has open: what holds for files holds for it.
    if (context.path !== undefined) {
      const file = fileVerdict(context, settings);
      if (file.allow === 'nothing') return file;
    }
    const reason = protectedBy(context, settings);
    if (reason) return source === 'window' ? counts(reason) : nothing(reason);
    if (context.field === 'password' && (source === 'keyboard' || source === 'clipboard'))
      return nothing('password field');
    if (source === 'keyboard') return typedVerdict(context, settings);
    if (source === 'clipboard' && context.targets === undefined) return counts('unknown clipboard');
    if (context.title === undefined) return counts('unknown title');
    if (untold(context, settings)) return counts(UNTOLD_PRIVATE);
    return { allow: 'content' };
  };
}

/**
 * Typed text is kept only where everything is known and harmless: an ordinary text field of an app that the person
 * chose, under a title that no rule protects. Everything else is counts.
 */
function typedVerdict(context: Context, settings: Settings): Verdict {
  const { app = '', field, title } = context;
  if (!hasPart(app, settings.typedApps) && !hasPart(appFacts(app).name, settings.typedApps))
    return counts('typed content is off');
  // Terminals ask for passwords without saying so.
  if (field === 'terminal' || appFacts(app).kind === 'terminal') return counts('terminal');
  if (field === undefined) return counts('unknown field');
  if (field !== 'text') return counts('not a text field');
  if (title === undefined) return counts('unknown title');
  if (untold(context, settings)) return counts(UNTOLD_PRIVATE);
  return { allow: 'content' };
}

/** True in a browser where neither the platform nor the title says whether the window is private. */
function untold({ app = '', title = '', ...rest }: Context, settings: Settings): boolean {
  if (rest.private !== undefined || !isBrowser(app, title)) return false;
  if (brandPrivacy(app, title) === 'ordinary') return false;
  return !hasPart(app, settings.trustedBrowsers) && !hasPart(appFacts(app).name, settings.trustedBrowsers);
}

function fileVerdict(context: Context, settings: Settings): Verdict {
  if (context.path === undefined) return counts('unknown path');
  if (isHiddenPath(context.path)) return nothing('hidden or credential file');
  if (hasPart(context.path, settings.excludedTitles)) return nothing('title you excluded');
  return { allow: 'content' };
}

/**
 * Whether one of the person's own parts is in the text. Case, width, kinds of blanks, and characters that show nothing
 * do not count: what looks the same is the same.
 */
function hasPart(text: string, parts: readonly string[]): boolean {
  if (parts.length === 0) return false;
  const low = folded(text);
  return parts.some((part) => {
    const wanted = folded(part);
    // Nothing that shows is in every text.
    return wanted.trim() !== '' && low.includes(wanted);
  });
}

/** By way of capitals, so that `Straße` is `STRASSE`; both small sigmas are one. */
function folded(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
    .toUpperCase()
    .toLowerCase()
    .replaceAll('ς', 'σ')
    .replace(/\s+/gu, ' ');
}
