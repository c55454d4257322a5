import { strings } from '../strings.ts';

/** A part of Settings. */
export type SectionName = keyof typeof strings.settings.sections;

/** The parts, in the order of the page. */
export const SECTIONS = Object.keys(strings.settings.sections) as readonly SectionName[];

/** The part's element. */
export const idOf = (name: SectionName): string => `settings-${name}`;
