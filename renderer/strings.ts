import { LANGUAGES, type Language } from '../src/model/language.ts';
import type { Catalogue } from './strings/catalogue.ts';
import { en } from './strings/en.ts';

/** English comes with the page; another language is fetched when it is first wanted. */
const CATALOGUES: Readonly<Record<Language, () => Promise<Catalogue>>> = {
  en: () => Promise.resolve(en),
  de: () => import('./strings/de.ts').then(({ de }) => de),
};

/** The texts in the language in force: read when something is drawn, never kept by a module. */
export let strings: Catalogue = en;

/** The language in force. */
export let language: Language = 'en';

const listeners = new Set<() => void>();
let wanted: Language = language;

/**
 * Puts a language in force, for the page's `lang` attribute too, and has everything drawn anew. Rejects, and leaves all as
 * it was, when the texts cannot be fetched. Of several calls the last one holds.
 */
export async function setLanguage(code: Language): Promise<void> {
  wanted = code;
  if (code === language) return;
  const texts = await CATALOGUES[code]();
  if (wanted !== code) return;
  strings = texts;
  language = code;
  if (typeof document !== 'undefined') document.documentElement.lang = code;
  for (const tell of listeners) tell();
}

/** Calls back after each change of the language; returns its removal. */
export function onLanguage(tell: () => void): () => void {
  listeners.add(tell);
  return () => listeners.delete(tell);
}

/** Each language's own name for itself: `English`, `Deutsch`. */
export const languageNames = (): Readonly<Record<Language, string>> =>
  Object.fromEntries(
    LANGUAGES.map((code) => {
      const name = new Intl.DisplayNames(code, { type: 'language' }).of(code) ?? code;
      return [code, name.charAt(0).toLocaleUpperCase(code) + name.slice(1)];
    }),
  ) as Record<Language, string>;
