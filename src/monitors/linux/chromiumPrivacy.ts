import type { Accessible } from './accessibilityBus.ts';
import { ROLE, type Tree } from './accessibleTree.ts';

/** Applications whose own name says that they are Chromium or Google Chrome: the ones this was measured with. */
const measured = /^(?:Chromium|Google Chrome)\b/;

/**
 * What Chromium puts behind the name of an Incognito or Guest window: brackets in every one of the 55 languages of
 * Chromium 156. Lithuanian puts the title in quotes before them.
 */
const bracketed = /^[”“"»']?\s*[(（][^()（）]{1,60}[)）]$/u;
const quote = /^[„“”"«»'‘’]$/u;
/** Marks of the direction of writing, which one of the two may have and the other not. */
const unseen = /\p{Cf}/gu;

/**
 * Whether the window of this title is private: Chromium writes nothing of it into the title, but calls the accessible
 * window "TITLE (Incognito)" for those who hear the screen. All of its windows of that title are asked, whichever is
 * active, so that no order of events can mix up two windows; when one of them is private all count as private.
 * `other` is an application that writes no such names.
 *
 * Names, roles and states alone are asked for: at the first question for attributes Chromium begins to describe the
 * content of its pages, which doubles the work of busy ones (`npm run bench:accessibility`).
 */
export async function chromiumPrivacy(
  tree: Tree,
  application: Accessible,
  title: string,
): Promise<'private' | 'ordinary' | 'unknown' | 'other'> {
  if (!(await isChromium(tree, application))) return 'other';
  const told = await Promise.all(
    (await tree.windows(application)).map(async (window) => {
      const name = await tree.name(window);
      const answer = privacyOfName(name, title);
      // Dialogs may carry the title of their window, but not its mark.
      return answer === false && (await tree.role(window)) !== ROLE.frame ? null : answer;
    }),
  );
  const known = told.filter((each) => each !== null);
  if (known.includes(true)) return 'private';
  return known.length === 0 || known.includes(undefined) ? 'unknown' : 'ordinary';
}

/** Whether an application is Chromium or Google Chrome by its accessible name. */
export async function isChromium(tree: Tree, application: Accessible): Promise<boolean> {
  return measured.test(await tree.name(application));
}

/** True: private. False: the very title. Undefined: another ending, which may be a profile. Null: another window. */
export function privacyOfName(said: string, shown: string): boolean | undefined | null {
  const name = said.replace(unseen, '').trim();
  const title = shown.replace(unseen, '').trim();
  if (name === title) return false;
  const [before, after] = [name.slice(0, 1), name.slice(1)];
  if (quote.test(before) && after.startsWith(title)) {
    return bracketed.test(after.slice(title.length)) ? true : undefined;
  }
  if (name.startsWith(title)) return bracketed.test(name.slice(title.length)) ? true : undefined;
  // "Page - Audio playing - Chromium": more in the middle, and the brand still ends it.
  const brand = title.lastIndexOf(' - ');
  if (brand <= 0) return null;
  const [page, end] = [title.slice(0, brand), title.slice(brand)];
  if (!name.startsWith(`${page} - `)) return null;
  return name.endsWith(end) ? false : undefined;
}
