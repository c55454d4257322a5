import { appFacts } from '../model/app.ts';

/** Browsers that `appFacts` has no name for, by words of their class or program name. */
const browserName =
  /(?:^|[\s._-])(?:chrome|chromium|thorium|iridium|helium|cromite|yandex|ungoogled|web[ -]?browser|icecat|palemoon|basilisk|seamonkey|mullvad|nyxt|luakit|surf|dillo|netsurf|whale|slimjet|maxthon|comet|iron|supermium|sidekick|firedragon|iceweasel|iceape|pale moon|ladybird|orion|catalyst|min|zen|floorp|librewolf|waterfox|firefox|crx|(?:mullvad|tor|ghostery|secure|coccoc|yandex)browser|browser)(?:$|[\s._-])/i;
const browserTitle =
  /[-–—] (?:Google Chrome|Chromium|Mozilla Firefox|Microsoft\W{0,2}Edge|Brave|Vivaldi|Opera|LibreWolf|Thorium|Whale|Mullvad Browser|Zen Browser|Slimjet|Maxthon|Pale Moon|Tor Browser|Waterfox|Floorp|Supermium)\b[^-–—]{0,60}$/i;

/** Whether a window belongs to a web browser, by its name or by the browser's name behind its title. */
export function isBrowser(app: string, title: string): boolean {
  const { kind } = appFacts(app);
  if (kind !== 'other') return kind === 'browser';
  return browserName.test(app) || browserTitle.test(title.slice(-200));
}

/** Firefox and its kin, which put a mark into the title of every private window, in the language of the program. */
const marking = /^(?:firefox|librewolf|waterfox|floorp|zen|navigator)/i;

/** What they end an ordinary window's title with, in every language: the brand and nothing else. */
const ordinary =
  /(?:^|\s[-–—]\s)(?:Mozilla Firefox(?: ESR)?|Firefox(?: ESR| Developer Edition| Nightly)?|Firefox Nightly|Nightly|LibreWolf|Waterfox|Floorp|(?:Ablaze )?Floorp|Zen(?: Browser)?)$/u;

/**
 * What the title of a browser that marks its private windows says. A mark in a language nobody listed still stands where
 * an ordinary title has nothing (`x — Mozilla Firefox` against `x — Mozilla Firefox Private Browsing`), so only the
 * exact brand is `ordinary`. Chromium and its kin write the same title in both kinds of windows: `unknown`.
 */
export function brandPrivacy(app: string, title: string): 'ordinary' | 'unknown' {
  const name = app.replace(/\.(?:exe|app)$/i, '').replace(/^(?:org|net|io)\.(?:[\w-]+\.)+(?=[\w-]+$)/i, '');
  return marking.test(name) && ordinary.test(title.trim()) ? 'ordinary' : 'unknown';
}
