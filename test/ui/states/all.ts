import { CARD } from './card.ts';
import { DIALOGS, SHELL } from './dialogs.ts';
import { INSIGHTS } from './insights.ts';
import { MODELS } from './models.ts';
import { SETTINGS, TEACH } from './screens.ts';
import type { State } from './state.ts';
import { SUGGESTION } from './suggestion.ts';
import { TIMELINE } from './timeline.ts';
import { TODAY } from './today.ts';
import { WELCOME } from './welcome.ts';

/** Every screen in every state, in the order of UI.md. */
export const STATES: readonly State[] = [
  ...WELCOME,
  ...TODAY,
  ...CARD,
  ...TIMELINE,
  ...SUGGESTION,
  ...INSIGHTS,
  ...TEACH,
  ...MODELS,
  ...SETTINGS,
  ...DIALOGS,
  ...SHELL,
];
