import type { Settings } from '../model/settings.ts';
import type { Capture } from './capture.ts';
import type { Pauses } from './pauses.ts';

/** Exclusions too: the window in front is judged again at once. */
const sensing = (each: Settings) =>
  JSON.stringify([
    each.sources,
    each.folders,
    each.afkSeconds,
    each.excludedApps,
    each.excludedTitles,
    each.excludedSites,
    each.trustedBrowsers,
    each.accessibility,
    each.activityWatch.ingest,
    each.activityWatch.needsKey,
    each.allowed,
    each.typedApps,
  ]);
const hours = (each: Settings) => JSON.stringify([each.watchHours, each.quietHours]);
const model = (each: Settings) => JSON.stringify([each.model, each.endpoint]);

/** Makes what is told of each change of the settings; it restarts only what the change touches. */
export function followSettings(
  first: Settings,
  parts: {
    readonly capture: Pick<Capture, 'restart' | 'pause'>;
    readonly models: { refresh(): Promise<void> };
    readonly announcer: { stateChanged(): void };
    readonly pauses: Pick<Pauses, 'start' | 'follow'>;
    readonly consented: () => boolean;
    readonly tell: (work: Promise<void>) => void;
    readonly hear: () => Promise<void>;
  },
): (settings: Settings) => void {
  let before = first;
  return (now) => {
    const [was, is] = [before, now];
    before = now;
    const { tell } = parts;
    if (!parts.consented()) tell(parts.capture.pause());
    else if (!was.welcomed && is.welcomed) tell(parts.pauses.start());
    else if (sensing(was) !== sensing(is)) tell(parts.capture.restart());
    if (hours(was) !== hours(is)) tell(parts.pauses.follow());
    tell(parts.hear());
    if (model(was) !== model(is)) tell(parts.models.refresh());
    parts.announcer.stateChanged();
  };
}
