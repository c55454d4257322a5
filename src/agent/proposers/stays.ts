import { appFacts } from '../../model/app.ts';
import { contentWords } from '../../model/topic.ts';
import type { Step } from '../steps.ts';

/** Where in the window something stands: when, and how many steps came after it. */
export interface Place {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly back: number;
}

/** One stay in front of a window or page, until the next one came; a look back at the same one goes on with it. */
export interface Stay extends Place {
  /** Epoch milliseconds: when the next one came, or now. */
  readonly until: number;
  /** Page, file or window by name, else its program. */
  readonly name?: string;
  readonly app?: string;
  /** The file, or failing that the program, that is worked in. */
  readonly work?: string;
  /** The search whose results are in front. */
  readonly query?: string;
  /** A page or document to read. */
  readonly page?: string;
  readonly wrote: boolean;
  /** Steps in front of it: more than one is more than a glance. */
  readonly steps: number;
}

/** A name that ends like a file's. */
const FILE = /^[^\s/\\:*?"<>|][^/\\:*?"<>|]{0,120}\.[A-Za-z][A-Za-z0-9]{0,7}$/;
const UNTITLED = /^the [\w ]{1,20} found for /;
const READ_ONLY = /\.(?:pdf|epub|djvu|ps|com|org|net|io|dev|edu|cn|ai|gov|app)$/i;

/** Where titles of pages come from; a mail's subject or a chat's name is none. */
const PAGES = new Set(['browser', 'reader', 'other']);
/** How a sentence tells of a page without naming it. */
const SORT_OF_PAGE =
  /\b(?:stack overflow|tutorial|documentation|docs|guide|readme|blog post|article|thread|forum|repository)\b/i;

/** Whether a page has no title of its own: a sentence told only its sort and, before it, a search. */
export function isUntitled(page: string): boolean {
  return UNTITLED.test(page);
}

/** Stays of a day, oldest first; `now` ends the last one. Breaks, and what happens in the background, are none. */
export function staysOf(steps: readonly Step[], now: number): readonly Stay[] {
  const found: Stay[] = [];
  let asked: string | undefined;
  let file: string | undefined;
  for (const [at, step] of steps.entries()) {
    if (step.afk !== undefined) continue;
    const last = found.at(-1);
    if (step.background) {
      // Written words belong to the window in front; a file saved by another program does not.
      if (last && step.writes && (step.title === undefined || step.app !== undefined)) {
        found[found.length - 1] = { ...last, wrote: true, ...workOf(step, file, last.work ?? last.name) };
      }
      continue;
    }
    const page = pageOf(step, asked);
    const name = step.query ?? step.title ?? page ?? step.app;
    asked = step.query ?? asked;
    const { work } = step.query || step.chat ? {} : workOf(step, file);
    if (work !== undefined && FILE.test(work)) file = work;
    const place = { at: step.at, back: steps.length - 1 - at };
    if (last && name !== undefined && last.name === name) {
      found[found.length - 1] = {
        ...last,
        back: place.back,
        wrote: last.wrote || step.writes === true,
        steps: last.steps + 1,
      };
      continue;
    }
    if (last) found[found.length - 1] = { ...last, until: step.at };
    found.push({
      ...place,
      until: now,
      wrote: step.writes === true,
      steps: 1,
      ...(name && { name }),
      ...(step.app && { app: step.app }),
      ...(step.query && { query: step.query }),
      ...(work !== undefined && { work }),
      ...(page && { page }),
    });
  }
  return found;
}

/** A sentence about writing in an editor often leaves out the file, which then is the last one named. */
function workOf(step: Step, lastFile?: string, fallback?: string): { readonly work?: string } {
  const kind = appFacts(step.app).kind;
  const edits = kind === 'editor' || kind === 'office' || step.writes === true;
  const file = step.title !== undefined && FILE.test(step.title) && !READ_ONLY.test(step.title);
  if (file && kind !== 'browser') return { work: step.title };
  const work = (kind === 'editor' ? lastFile : undefined) ?? step.title ?? fallback ?? step.app;
  return edits && work !== undefined && step.document === undefined ? { work } : {};
}

/** What there is to read: named by its title, or where a sentence leaves that out by its sort and the search for it. */
function pageOf(step: Step, asked: string | undefined): string | undefined {
  if (step.query || step.chat || step.writes || step.raw) return undefined;
  const kind = appFacts(step.app).kind;
  // What is played has a title, too, but is not read.
  if (step.document && kind !== 'media') return step.document.title;
  if (!PAGES.has(kind) || !step.passive) return undefined;
  if (step.title !== undefined)
    return !FILE.test(step.title) && contentWords(step.title).length >= 3 ? step.title : undefined;
  const sort = SORT_OF_PAGE.exec(step.text)?.[0];
  return sort && asked !== undefined ? `the ${sort} found for ${asked}` : undefined;
}
