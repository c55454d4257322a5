import { Card } from './card/Card.tsx';
import { Disconnected } from './shell/Disconnected.tsx';
import { Keys } from './shell/Keys.tsx';
import { Nav } from './shell/Nav.tsx';
import { NoticeLine } from './shell/NoticeLine.tsx';
import { StatusLine } from './shell/StatusLine.tsx';
import { StudyLine } from './study/StudyLine.tsx';
import { useShortcuts } from './shell/useShortcuts.ts';
import {
  Welcome,
  Export,
  Insights,
  ModelsScreen,
  Palette,
  Settings,
  SuggestionPage,
  Teach,
  Timeline,
  useRest,
} from './parts.tsx';
import { useView } from './store.ts';
import { strings } from './strings.ts';
import { Today } from './today/Today.tsx';

/** The window: welcome on the first run, then one screen with the status above it and the card over it. */
export function App() {
  useShortcuts();
  const link = useView((view) => view.link);
  const known = useView((view) => view.state !== null);
  const welcomed = useView((view) => view.settings?.welcomed);
  const screen = useView((view) => view.screen);
  // There it is a window of its own.
  const desktop = useView((view) => view.state?.host === 'desktop');
  const palette = useView((view) => view.palette);
  const keys = useView((view) => view.keys);
  const exporting = useView((view) => view.exporting);

  useRest(welcomed === true && known);
  if (welcomed === undefined || !known)
    return (
      <>
        <Disconnected link={link} />
        <NoticeLine />
      </>
    );
  if (!welcomed) {
    return (
      <>
        <Welcome />
        <NoticeLine />
      </>
    );
  }
  return (
    <div className="grid h-full grid-rows-[auto_minmax(0,1fr)] sm:grid-cols-[196px_minmax(0,1fr)] sm:grid-rows-1">
      <a
        href="#main"
        onClick={(event) => {
          event.preventDefault();
          document.getElementById('main')?.focus();
        }}
        className="sr-only focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-50 focus:rounded-lg focus:bg-raised focus:px-3 focus:py-2"
      >
        {strings.skip}
      </a>
      <Nav />
      <div className="flex min-h-0 min-w-0 flex-col">
        <StatusLine />
        <StudyLine />
        {link !== 'open' && <Disconnected link={link} inline />}
        <main id="main" tabIndex={-1} className="flex min-h-0 flex-1 flex-col outline-none">
          {screen.name === 'today' && <Today />}
          {screen.name === 'timeline' && <Timeline />}
          {screen.name === 'insights' && <Insights />}
          {screen.name === 'teach' && <Teach />}
          {screen.name === 'models' && <ModelsScreen />}
          {screen.name === 'settings' && <Settings />}
          {screen.name === 'suggestion' && <SuggestionPage key={screen.id} id={screen.id} />}
        </main>
      </div>
      {desktop ? null : <Card />}
      <NoticeLine />
      {exporting && <Export />}
      {keys && <Keys />}
      {palette && <Palette />}
    </div>
  );
}
