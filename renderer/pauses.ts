import { strings } from './strings.ts';

/** How long a pause may be: minutes, until tomorrow morning, or null until resumed. */
export type PauseLength = number | 'tomorrow' | null;

const { pauseChoices: words } = strings.status;

/** The lengths that every menu offers. */
export const PAUSES: readonly { readonly label: string; readonly length: PauseLength }[] = [
  { label: words.quarter, length: 15 },
  { label: words.hour, length: 60 },
  { label: words.tomorrow, length: 'tomorrow' },
  { label: words.open, length: null },
];
