import type { Catalogue } from './catalogue.ts';
import { shell } from './de/shell.ts';
import { today } from './de/today.ts';
import { card } from './de/card.ts';
import { insights } from './de/insights.ts';
import { timeline } from './de/timeline.ts';
import { suggestion } from './de/suggestion.ts';
import { program } from './de/program.ts';
import { settings } from './de/settings.ts';
import { models } from './de/models.ts';
import { welcome } from './de/welcome.ts';
import { doing } from './de/doing.ts';
import { exporting } from './de/export.ts';
import { gathered } from './de/gathered.ts';
import { keys } from './de/keys.ts';
import { learning } from './de/learning.ts';
import { mcp } from './de/mcp.ts';
import { model } from './de/model.ts';
import { reasons } from './de/reasons.ts';
import { shelf } from './de/shelf.ts';
import { refusals } from './de/refusals.ts';
import { study } from './de/study.ts';
import { teaching } from './de/teach.ts';

/** Every German text of the window, by screen. */
export const de: Catalogue = {
  ...shell,
  ...today,
  ...card,
  ...timeline,
  ...insights,
  ...suggestion,
  ...program,
  ...settings,
  ...models,
  ...shelf,
  ...welcome,
  doing,
  exporting,
  gathered,
  keys,
  learning,
  mcp,
  model,
  reasons,
  refusals,
  study,
  teaching,
};
