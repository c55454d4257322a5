import { useEffect } from 'react';
import { lazily } from './lazily.tsx';
import { useAssistant } from './store.ts';

// What is not needed for Today comes in files of its own, so that Today is painted sooner.
export const Timeline = lazily(() => import('./timeline/Timeline.tsx').then((part) => part.Timeline));
export const SuggestionPage = lazily<{ readonly id: string }>(() =>
  import('./suggestion/SuggestionPage.tsx').then((part) => part.SuggestionPage),
);
export const Palette = lazily(() => import('./shell/Palette.tsx').then((part) => part.Palette), true);
export const Insights = lazily(() => import('./insights/Insights.tsx').then((part) => part.Insights));
export const Teach = lazily(() => import('./teach/Teach.tsx').then((part) => part.Teach));
export const Settings = lazily(() => import('./settings/Settings.tsx').then((part) => part.Settings));
export const ModelsScreen = lazily(() =>
  import('./models/ModelsScreen.tsx').then((part) => part.ModelsScreen),
);
export const Export = lazily(() => import('./export/Export.tsx').then((part) => part.Export), true);
export const Welcome = lazily(() => import('./welcome/Welcome.tsx').then((part) => part.Welcome));

/** What is likely wanted first, first. */
const REST = [Timeline, Palette, SuggestionPage, Settings, Insights, Teach, ModelsScreen, Export] as const;

/** Fetches the rest of the window one by one while nothing else is done, once `shown`: a key then opens any of it at once. */
export function useRest(shown: boolean): void {
  const { ahead } = useAssistant();
  useEffect(() => {
    if (!shown) return undefined;
    let asked = requestIdleCallback(readAhead);
    const fetchFrom = (at: number) => {
      asked = requestIdleCallback(
        () => {
          // One that could not be had is fetched when it is shown.
          void REST[at]?.fetch().then(
            () => fetchFrom(at + 1),
            () => {},
          );
        },
        { timeout: 2000 },
      );
    };
    /** The longest of the lists, before any part: its rows are on their way while those are fetched. */
    function readAhead() {
      void ahead?.read().catch(() => {});
      fetchFrom(0);
    }
    return () => cancelIdleCallback(asked);
  }, [shown, ahead]);
}
