import type { Source } from './guard.ts';
import type { Language } from './language.ts';
import type { Settings } from './settings.ts';
import { SPOKEN } from './spoken.ts';

/** What is kept of a source and what never is, whatever the settings: sentences for a person. */
export interface SourceWords {
  readonly stored: string;
  readonly never: string;
}

/** The words for a source; Settings, Welcome and `doctor --privacy` say the same. `typedApps` were chosen for typed text. */
export function sourceWords(
  source: Source,
  typedApps: readonly string[],
  language: Language = 'en',
): SourceWords {
  const { kept, typed } = SPOKEN[language].privacy;
  return source === 'keyboard' && typedApps.length > 0
    ? { stored: typed.stored(typedApps.join(', ')), never: typed.never }
    : kept[source];
}

/** Every way in which something may leave this machine or reach another program, one sentence each. Empty: none. */
export function waysOut({ model, endpoint, mcp }: Settings, language: Language = 'en'): string[] {
  const { ways } = SPOKEN[language].privacy;
  return [
    ...(model.use === 'remote' && endpoint ? [ways.endpoint(new URL(endpoint.url).origin)] : []),
    ...mcp.servers
      .filter(({ on, tools }) => on && tools.length > 0)
      .map(({ name, tools }) => ways.server(name, tools.length)),
    ...(mcp.serve ? [ways.clients] : []),
  ];
}
