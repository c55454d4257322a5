import { Pause, Pencil } from 'lucide-react';
import { useState } from 'react';
import type { Suggestion } from '../../src/model/suggestion.ts';
import { chord, printed } from '../keys.ts';
import { pauses, type PauseLength } from '../pauses.ts';
import { useActions, useView } from '../store.ts';
import { strings } from '../strings.ts';
import { Button, IconButton } from '../ui/Button.tsx';
import { appName } from '../ui/format.ts';
import { Menu } from '../ui/Menu.tsx';
import { Kbd } from '../ui/parts.tsx';
import { Ring } from '../ui/Ring.tsx';
import { isReminder } from '../view.ts';
import { acceptKeys } from './acceptKeys.ts';
import { wordsOf } from './editing.ts';
import { Preview } from './Preview.tsx';

/** The offer: the task, why now, what accepting does, three answers. */
export function OfferCard({
  suggestion,
  held,
  alone,
}: {
  readonly suggestion: Suggestion;
  /** Its time stands still. */
  readonly held: boolean;
  /** In a window of its own, where a menu would be cut off and only keys that work in every app do something. */
  readonly alone: boolean;
}) {
  const [pausing, setPausing] = useState(false);
  const put = (length: PauseLength) => {
    // Watching stops first; what is on the card is not refused by that.
    pause(length);
    snooze(suggestion, 'card');
  };
  const { accept, snooze, refuse, edit, go, pause } = useActions();
  const anywhere = useView((view) => acceptKeys(view.state));
  const hint = alone ? anywhere && printed(anywhere) : chord('enter');
  const waiting = useView((view) => view.state?.waiting ?? 0);
  const { proposal, until, seen } = suggestion;
  const reminder = isReminder(suggestion);
  const app = seen.findLast((each) => each.app !== undefined)?.app;
  const shownAt = suggestion.history.findLast((step) => step.state === 'shown')?.at ?? suggestion.at;
  return (
    <>
      <header className="mb-1.5 flex items-center gap-2 text-[12px] text-faint">
        <span className="min-w-0 flex-1 truncate">
          {reminder ? strings.doing.reminder : app ? appName(app) : strings.card.label}
        </span>
        {waiting > 0 && <span>{strings.card.waiting(waiting)}</span>}
        {until !== undefined && <Ring from={shownAt} until={until} held={held} />}
        {wordsOf(proposal) !== null && (
          <IconButton
            label={strings.doing.edit}
            {...(!alone && { 'aria-keyshortcuts': 'e' })}
            className="-my-1.5 -mr-1 size-6"
            onClick={() => edit(suggestion)}
          >
            <Pencil aria-hidden="true" className="size-3.5" />
          </IconButton>
        )}
        {alone ? (
          <IconButton
            label={strings.card.pause}
            aria-expanded={pausing}
            className="-my-1.5 -mr-1.5 size-6"
            onClick={() => setPausing(!pausing)}
          >
            <Pause aria-hidden="true" className="size-3.5" />
          </IconButton>
        ) : (
          <Menu
            items={pauses().map(({ label, length }) => ({
              label: `${strings.status.pause}: ${label}`,
              onSelect: () => put(length),
            }))}
          >
            <IconButton label={strings.card.pause} className="-my-1.5 -mr-1.5 size-6">
              <Pause aria-hidden="true" className="size-3.5" />
            </IconButton>
          </Menu>
        )}
      </header>
      {pausing && (
        <div className="mb-2 grid grid-cols-2 gap-1.5">
          {pauses().map(({ label, length }) => (
            <Button small key={label} onClick={() => put(length)}>
              {label}
            </Button>
          ))}
        </div>
      )}
      <p dir="auto" className="text-[15px] leading-[21px] font-semibold tracking-[-0.005em] break-words">
        {proposal.task}
      </p>
      <p dir="auto" className="mt-1 text-[13px] leading-[19px] break-words text-dim">
        {proposal.why}{' '}
        <button
          type="button"
          className="underline decoration-mark underline-offset-2 hover:text-ink"
          onClick={() => go({ name: 'suggestion', id: suggestion.id })}
        >
          {strings.card.details}
        </button>
      </p>
      <div className="mt-2.5 mb-3">
        {proposal.operation ? (
          <Preview suggestion={suggestion} />
        ) : (
          proposal.message !== proposal.task && (
            <p className="text-[13px] break-words text-dim">{proposal.message}</p>
          )
        )}
      </div>
      <div className="flex flex-wrap items-center gap-2">
        <Button look="primary" onClick={() => accept(suggestion, 'card')}>
          {reminder ? strings.doing.done : strings.card.accept}{' '}
          {hint && (
            <span aria-hidden="true" className={alone ? 'text-tiny' : undefined}>
              {hint}
            </span>
          )}
        </Button>
        <Button aria-keyshortcuts="s" onClick={() => snooze(suggestion, 'card')}>
          {reminder ? strings.doing.again : strings.card.later}
        </Button>
        <Button look="ghost" className="ml-auto px-1.5!" onClick={() => refuse(suggestion)}>
          {strings.card.dismiss} {!alone && <Kbd>{chord('esc')}</Kbd>}
        </Button>
      </div>
    </>
  );
}
