import { shell } from './en/shell.ts';
import { today } from './en/today.ts';
import { card } from './en/card.ts';
import { timeline } from './en/timeline.ts';
import { suggestion } from './en/suggestion.ts';
import { program } from './en/program.ts';
import { settings } from './en/settings.ts';
import { models } from './en/models.ts';
import { welcome } from './en/welcome.ts';
import { doing } from './en/doing.ts';
import { exporting } from './en/export.ts';
import { insights } from './en/insights.ts';
import { gathered } from './en/gathered.ts';
import { keys } from './en/keys.ts';
import { learning } from './en/learning.ts';
import { mcp } from './en/mcp.ts';
import { model } from './en/model.ts';
import { reasons } from './en/reasons.ts';
import { shelf } from './en/shelf.ts';
import { refusals } from './en/refusals.ts';
import { study } from './en/study.ts';
import { teaching } from './en/teach.ts';

/** Every English text of the window, by screen. */
export const en = {
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
} as const;
