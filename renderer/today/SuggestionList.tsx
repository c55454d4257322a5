import { useState } from 'react';
import type { Suggestion } from '../../src/model/suggestion.ts';
import { useActions } from '../store.ts';
import { strings } from '../strings.ts';
import { Button } from '../ui/Button.tsx';
import { momentOf } from '../ui/format.ts';
import { Panel, StateTag } from '../ui/parts.tsx';
import { useNow } from '../ui/useNow.ts';

/** Rows shown at first: what a person takes in at a glance. */
const FIRST = 6;
/** More than this many more are not shown at one press: each is drawn whole. */
const STEP = 50;

/** Suggestions as rows: one opens its page; those that wait can be answered on the spot. */
export function SuggestionList({
  label,
  rows,
  answerable = false,
}: {
  readonly label: string;
  readonly rows: readonly Suggestion[];
  readonly answerable?: boolean;
}) {
  const { go, accept, reject } = useActions();
  const now = useNow(60_000);
  const [shown, setShown] = useState(FIRST);
  const more = Math.min(STEP, rows.length - shown);
  return (
    <Panel className="overflow-hidden">
      <ul aria-label={label}>
        {rows.slice(0, shown).map((each) => (
          <li
            key={each.id}
            className="group relative flex items-center gap-3 border-t border-line px-3.5 py-2.5 first:border-t-0 hover:bg-hover"
          >
            <time
              dateTime={new Date(each.at).toISOString()}
              className="min-w-[52px] shrink-0 text-[12px] text-faint"
            >
              {momentOf(each.at, now)}
            </time>
            <div className="min-w-0 flex-1">
              <button
                type="button"
                onClick={() => go({ name: 'suggestion', id: each.id })}
                className="block w-full truncate text-left font-medium after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:rounded-xl focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-accent"
              >
                {each.proposal.task}
              </button>
              <p className="truncate text-small text-dim">{each.proposal.why}</p>
            </div>
            {answerable && each.state !== 'shown' && (
              <div className="absolute inset-y-0 right-0 z-10 flex items-center gap-1.5 bg-surface pr-3.5 pl-3 group-hover:bg-hover opacity-0 transition-opacity duration-100 group-focus-within:opacity-100 group-hover:opacity-100 max-sm:hidden">
                <Button small onClick={() => accept(each, 'inbox')}>
                  {strings.card.accept}
                </Button>
                <Button small look="ghost" onClick={() => reject(each, 'inbox')}>
                  {strings.card.dismiss}
                </Button>
              </div>
            )}
            <StateTag state={each.state} />
          </li>
        ))}
      </ul>
      {more > 0 && (
        <button
          type="button"
          onClick={() => setShown(shown + more)}
          className="w-full border-t border-line px-3.5 py-2 text-left text-small text-dim -outline-offset-2 hover:bg-hover hover:text-ink"
        >
          {strings.today.more(more, rows.length - shown)}
        </button>
      )}
    </Panel>
  );
}
