import { strings } from '../strings.ts';

/** A part of Settings. */
export type SectionName = keyof typeof strings.settings.sections;

/** The parts, in the order of the page. */
export const SECTIONS = Object.keys(strings.settings.sections) as readonly SectionName[];

/** The part's element. */
export const idOf = (name: SectionName): string => `settings-${name}`;

/** The part that an address such as `#/settings/retention` names, or null. */
export function sectionOf(hash: string): SectionName | null {
  const [screen, part] = hash.replace(/^#\/?/, '').split('/');
  return screen === 'settings' ? (SECTIONS.find((each) => each === part) ?? null) : null;
}

/** Brings a part into view and gives it the focus; its address stands in the window's. */
export function reach(name: SectionName): void {
  history.replaceState(null, '', `#/settings/${name}`);
  const part = document.getElementById(idOf(name));
  part?.scrollIntoView();
  part?.focus({ preventScroll: true });
}

/** The parts whose texts hold every word of the search; all of them for none. Read from what stands on the page. */
export function matching(search: string): ReadonlySet<SectionName> {
  const words = search.trim().toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return new Set(SECTIONS);
  return new Set(
    SECTIONS.filter((name) => {
      const part = document.getElementById(idOf(name));
      const named = [...(part?.querySelectorAll('[aria-label]') ?? [])].map((each) =>
        each.getAttribute('aria-label'),
      );
      const text = `${part?.textContent ?? ''} ${named.join(' ')}`.toLowerCase();
      return words.every((word) => text.includes(word));
    }),
  );
}
