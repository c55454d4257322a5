import { strings } from '../strings.ts';
import { useEffect, useState } from 'react';
import type { DigestItem } from '../../src/model/digest.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { timeOf } from '../ui/format.ts';
import { Kbd } from '../ui/parts.tsx';
import type { DigestView } from './useDigest.ts';

/** Sentences of what was seen that are shown: enough to remember the moment by. */
const SHOWN = 5;

/** One moment after another: y, n or space. The end is the end of the list. */
export function DigestDialog({
  digest: { items, answered, answer },
  onClose,
}: {
  readonly digest: DigestView;
  readonly onClose: () => void;
}) {
  const [of] = useState(items?.length ?? 0);
  const item = items?.[0];
  const give = (what: 'yes' | 'no' | 'skip') => {
    if (!item) return;
    const yes = item.proposal ? 'accept' : 'needed';
    const no = item.proposal ? 'reject' : 'not-needed';
    answer({ id: item.id, answer: what === 'yes' ? yes : what === 'no' ? no : 'skip' });
  };

  useEffect(() => {
    function onKey(event: KeyboardEvent) {
      if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
      const key = event.key.toLowerCase();
      const button = event.target instanceof HTMLElement && event.target.closest('button') !== null;
      // Space on a button is the button's own.
      const what = key === 'y' ? 'yes' : key === 'n' ? 'no' : key === ' ' && !button ? 'skip' : null;
      if (!what) return;
      event.preventDefault();
      give(what);
    }
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  });

  return (
    <Dialog title={strings.learning.digest.title} wide onClose={onClose}>
      {item ? (
        <Moment
          key={item.id}
          item={item}
          at={Math.max(1, of - (items?.length ?? 0) + 1)}
          of={of}
          give={give}
        />
      ) : (
        <div className="px-5 pb-5">
          <p role="status" className="font-medium">
            {strings.learning.digest.done(answered)}
          </p>
          <Button look="primary" className="mt-4" onClick={onClose}>
            {strings.learning.digest.close}
          </Button>
        </div>
      )}
    </Dialog>
  );
}

function Moment({
  item,
  at,
  of,
  give,
}: {
  readonly item: DigestItem;
  readonly at: number;
  readonly of: number;
  readonly give: (what: 'yes' | 'no' | 'skip') => void;
}) {
  const { proposal, seen, from } = item;
  return (
    <>
      <div
        className="min-h-0 overflow-y-auto px-5 pb-3"
        tabIndex={0}
        role="group"
        aria-label={strings.learning.digest.title}
      >
        <p className="text-small text-faint">
          {strings.learning.digest.of(at, of)}, {timeOf(item.at)}
        </p>
        <p className="mt-1 text-small text-dim">{strings.learning.digest.hint[from]}</p>
        <h3 className="mt-4 mb-1.5 text-[13px] font-semibold text-dim">{strings.learning.digest.saw}</h3>
        <ol className="flex flex-col gap-1 text-small">
          {seen.slice(-SHOWN).map((each) => (
            <li key={each.id} className="flex gap-3">
              <time className="w-9 shrink-0 text-[12px] leading-[18px] text-faint">{timeOf(each.time)}</time>
              <span className="min-w-0 break-words">{each.event}</span>
            </li>
          ))}
        </ol>
        <div aria-live="polite">
          <h3 className="mt-4 mb-1 text-[13px] font-semibold text-dim">
            {proposal ? strings.learning.digest.offered : strings.learning.digest.silent}
          </h3>
          {proposal && (
            <>
              <p className="text-[15px] leading-[21px] font-semibold break-words">{proposal.task}</p>
              <p className="mt-0.5 break-words text-dim">{proposal.why}</p>
            </>
          )}
          <p className="mt-3">{proposal ? strings.learning.digest.takeIt : strings.learning.digest.needed}</p>
        </div>
      </div>
      <div className="flex flex-wrap items-center gap-2 border-t border-line px-5 py-3">
        <Button look="primary" data-first onClick={() => give('yes')}>
          {strings.learning.digest.yes} <span aria-hidden="true">Y</span>
        </Button>
        <Button onClick={() => give('no')}>
          {strings.learning.digest.no} <Kbd>N</Kbd>
        </Button>
        <Button look="ghost" className="ml-auto" onClick={() => give('skip')}>
          {strings.learning.digest.skip} <Kbd>␣</Kbd>
        </Button>
      </div>
    </>
  );
}
