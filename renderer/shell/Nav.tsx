import { CalendarDays, ChartNoAxesColumn, Command, Cpu, ListChecks, Settings2, Sun } from 'lucide-react';
import type { Settings } from '../../src/model/settings.ts';
import { chord } from '../keys.ts';
import { useActions, useView } from '../store.ts';
import { strings } from '../strings.ts';
import { SCREENS, searchesToday } from '../view.ts';

const ICONS = {
  today: Sun,
  timeline: CalendarDays,
  insights: ChartNoAxesColumn,
  teach: ListChecks,
  models: Cpu,
  settings: Settings2,
} as const;

/** The screens there are, and at its foot what left this machine. */
export function Nav() {
  const { go, setPalette } = useActions();
  const screen = useView((view) => view.screen.name);
  const counts = useView((view) => view.state?.counts);
  const leaves = useView((view) => view.state?.model.leaves ?? false);
  const searches = useView(searchesToday);
  const lends = useView((view) => lendsTo(view.settings?.mcp));
  const demo = useView((view) => view.state?.demo ?? false);
  return (
    <nav
      aria-label={strings.nav.label}
      className="flex items-center gap-1 border-line px-2.5 py-2 max-sm:gap-0 max-sm:border-b max-sm:px-1.5 sm:flex-col sm:items-stretch sm:gap-0.5 sm:border-r sm:py-4"
    >
      <div className="px-2.5 pb-4 text-[15px] font-[650] tracking-[-0.01em] max-sm:hidden">
        {strings.name}
      </div>
      {SCREENS.map((name, at) => {
        const Icon = ICONS[name];
        const here = screen === name || (name === 'today' && screen === 'suggestion');
        return (
          <button
            key={name}
            type="button"
            aria-current={here ? 'page' : undefined}
            onClick={() => go({ name })}
            className={`flex items-center gap-2.5 rounded-lg px-2.5 py-[7px] max-sm:gap-1.5 max-sm:px-2 text-left transition-colors duration-100 ${here ? 'bg-accent-soft font-[550] text-ink' : 'text-dim hover:bg-hover hover:text-ink'}`}
          >
            <Icon aria-hidden="true" className="size-4" strokeWidth={1.75} />
            <span className={here ? '' : 'max-sm:sr-only'}>{strings.nav[name]}</span>
            <span aria-hidden="true" className="ml-auto text-[12px] font-medium text-faint max-sm:hidden">
              {at + 1}
            </span>
          </button>
        );
      })}
      <button
        type="button"
        onClick={() => setPalette(true)}
        className="flex items-center gap-2.5 rounded-lg px-2.5 py-[7px] max-sm:gap-1.5 max-sm:px-2 text-left text-dim transition-colors duration-100 hover:bg-hover hover:text-ink max-sm:ml-auto"
      >
        <Command aria-hidden="true" className="size-4" strokeWidth={1.75} />
        <span className="max-sm:sr-only">{strings.nav.commands}</span>
        <span aria-hidden="true" className="ml-auto text-[12px] font-medium text-faint max-sm:hidden">
          {chord('mod', 'K')}
        </span>
      </button>
      <div className="mt-auto border-t border-line px-2.5 pt-2.5 text-[12px] leading-[18px] text-dim max-sm:hidden">
        {demo && (
          <p className="mb-2 rounded-md bg-warn-soft px-2 py-1 font-medium text-warn">{strings.demo}</p>
        )}
        <p>
          {leaves
            ? strings.leaves.yes
            : lends
              ? strings.leaves.programs
              : searches > 0
                ? strings.leaves.searched(searches)
                : strings.leaves.no}
        </p>
        {counts && (
          <button type="button" className="text-left hover:text-ink" onClick={() => go({ name: 'timeline' })}>
            {strings.leaves.counts(counts.kept, counts.redacted, counts.dropped)}
          </button>
        )}
      </div>
    </nav>
  );
}

/** Whether other programs may be given something: a tool that is allowed, or clients that may read. */
function lendsTo(mcp: Settings['mcp'] | undefined): boolean {
  return mcp !== undefined && (mcp.serve || mcp.servers.some(({ on, tools }) => on && tools.length > 0));
}
