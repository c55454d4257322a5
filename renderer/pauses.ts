import { strings } from './strings.ts';

/** How long a pause may be: minutes, until tomorrow morning, or null until resumed. */
export type PauseLength = number | 'tomorrow' | null;

/** The lengths that every menu offers. */
export function pauses(): readonly { readonly label: string; readonly length: PauseLength }[] {
  const { pauseChoices: words } = strings.status;
  return [
    { label: words.quarter, length: 15 },
    { label: words.hour, length: 60 },
    { label: words.tomorrow, length: 'tomorrow' },
    { label: words.open, length: null },
  ];
}
