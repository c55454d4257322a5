import { ChevronDown, CirclePause, Eye, LifeBuoy, Pause, Play, TriangleAlert } from 'lucide-react';
import type { AppState } from '../../src/contract.ts';
import { captureDetails, holdWords } from '../../src/model/captureLine.ts';
import { chord } from '../keys.ts';
import { pauses } from '../pauses.ts';
import { useActions, useView } from '../store.ts';
import { language, strings } from '../strings.ts';
import { Button } from '../ui/Button.tsx';
import { Menu } from '../ui/Menu.tsx';
import { Kbd } from '../ui/parts.tsx';

/** Shape and word tell the three states apart, not the colour alone. */
const LOOK = {
  watching: { icon: Eye, tone: 'text-good' },
  paused: { icon: CirclePause, tone: 'text-dim' },
  wrong: { icon: TriangleAlert, tone: 'text-bad' },
} as const;

/** On every screen: what the assistant does now, with pause and "I needed help here". */
export function StatusLine() {
  const { pause, togglePause, recordNeed, go } = useActions();
  const state = useView((view) => view.state);
  const shadow = useView((view) => view.settings?.mode === 'shadow');
  const link = useView((view) => view.link);
  if (!state) return null;
  // What was last heard of a core that is gone is no news of now.
  const gone = link === 'closed' || link === 'refused';
  const { icon: Icon, tone } = LOOK[gone ? 'wrong' : state.capture];
  const more = gone ? '' : detail(state);
  const paused = state.capture === 'paused';
  // What is wrong is told whole, on a line of its own.
  const wrong = !gone && state.capture === 'wrong';
  return (
    <header
      aria-label={strings.status.label}
      className="flex min-h-13 flex-wrap items-center gap-x-2.5 gap-y-1 px-4 pt-3 pb-1 sm:px-8 sm:pt-4"
    >
      <div className={`flex min-w-0 items-center gap-x-2.5 ${wrong ? 'basis-full' : 'flex-[1_1_15rem]'}`}>
        <p
          role="status"
          className={`flex min-w-0 items-center gap-x-2 text-dim ${wrong ? 'max-sm:flex-wrap' : ''}`}
        >
          <Icon aria-hidden="true" className={`size-[18px] shrink-0 ${tone}`} strokeWidth={2} />
          <strong className="font-semibold whitespace-nowrap text-ink">
            {gone ? strings.status.gone : strings.status[state.capture]}
          </strong>
          <span className={`min-w-0 ${wrong ? 'max-sm:basis-full' : 'truncate'}`} title={more}>
            {more}
            {shadow && !gone && `, ${strings.status.shadow}`}
          </span>
        </p>
        {state.demo && (
          <span className="rounded-full bg-warn-soft px-2.5 py-0.5 text-[12px] font-medium text-warn sm:hidden">
            {strings.demo}
          </span>
        )}
        {wrong && (
          <Button small look="ghost" onClick={() => go({ name: 'settings' })}>
            {strings.nav.settings}
          </Button>
        )}
      </div>
      <div className="ml-auto flex items-center gap-1.5">
        <Button look="ghost" onClick={recordNeed}>
          <LifeBuoy aria-hidden="true" className="size-4 md:hidden" />
          <span className="max-md:sr-only">{strings.status.need}</span>
          <span className="max-lg:hidden">
            <Kbd>{chord('mod', 'shift', 'H')}</Kbd>
          </span>
        </Button>
        <div className="flex">
          <Button className={paused ? '' : 'rounded-r-none border-r-0'} onClick={togglePause}>
            {paused ? (
              <Play aria-hidden="true" className="size-3.5" />
            ) : (
              <Pause aria-hidden="true" className="size-3.5" />
            )}
            {paused ? strings.status.resume : strings.status.pause}
            <span className="max-lg:hidden">
              <Kbd>{chord('mod', 'shift', 'P')}</Kbd>
            </span>
          </Button>
          {!paused && (
            <Menu items={pauses().map(({ label, length }) => ({ label, onSelect: () => pause(length) }))}>
              <Button className="rounded-l-none px-1.5" aria-label={strings.status.pauseFor}>
                <ChevronDown aria-hidden="true" className="size-3.5" />
              </Button>
            </Menu>
          )}
        </div>
      </div>
    </header>
  );
}

/** The words that tray and command line show too, so that all agree; watching adds what only a window has room for. */
function detail(state: AppState): string {
  const { capture, afk, model, hold } = state;
  // A hold is told first, by the window's own words.
  const says = captureDetails({ ...state, hold: undefined }, language, Date.now());
  if (capture !== 'watching') return says;
  return [
    ...(hold ? [strings.learning.holds.says(holdWords(hold, language))] : []),
    ...(afk ? [strings.status.away] : []),
    says,
    strings.status.model[model.state],
  ].join(', ');
}
