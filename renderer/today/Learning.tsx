import { useState } from 'react';
import { useActions, useView } from '../store.ts';
import { strings } from '../strings.ts';
import { useReward } from '../teach/useReward.ts';
import { Button } from '../ui/Button.tsx';
import { shareOf } from '../ui/format.ts';
import { Note } from '../ui/parts.tsx';
import { DigestDialog } from './DigestDialog.tsx';
import { useDigest } from './useDigest.ts';

/** What the answers have taught so far, and the way to all versions; `labels` adds the moments that wait for one. */
export function Learning({ labels }: { readonly labels: boolean }) {
  const { go } = useActions();
  const { card } = useReward();
  const learns = useView((view) => view.settings?.learning !== false);
  return (
    <div className="flex flex-1 flex-col">
      {card === 'failed' ? <Note tone="warn">{strings.learning.card.failed}</Note> : <Says card={card} />}
      {!learns && <p className="text-small text-dim">{strings.learning.card.off}</p>}
      <div className="mt-auto flex flex-wrap items-center gap-2 pt-3">
        {labels && <Labels />}
        <Button look="ghost" className="-mr-1.5 ml-auto" onClick={() => go({ name: 'teach' })}>
          {strings.learning.short.compare}
        </Button>
      </div>
    </div>
  );
}

function Labels() {
  const digest = useDigest();
  const [open, setOpen] = useState(false);
  const count = digest.items?.length ?? 0;
  const words = strings.learning.short;
  return (
    <>
      {count > 0 ? (
        <Button onClick={() => setOpen(true)}>{words.label(count)}</Button>
      ) : (
        <span className="text-small text-dim">
          {digest.answered > 0 ? strings.learning.digest.done(digest.answered) : words.nothing}
        </span>
      )}
      {open && <DigestDialog digest={digest} onClose={() => setOpen(false)} />}
    </>
  );
}

/** How often the version in use is right on answers it did not learn from, beside the shipped one. */
function Says({ card }: { readonly card: Exclude<ReturnType<typeof useReward>['card'], 'failed'> }) {
  const words = strings.learning.short;
  const used = card?.versions.find((each) => each.inUse);
  const answers = Object.values(card?.answers ?? {}).reduce((sum, count) => sum + count, 0);
  const right = used?.figures?.here.accuracy ?? null;
  const before = used?.figures?.shipped.accuracy ?? null;
  return (
    <>
      <p>
        <b className="text-[22px] leading-7 font-semibold tracking-[-0.02em]">
          {right === null ? answers : shareOf(right)}
        </b>{' '}
        {right === null ? words.answers(answers) : words.right}
      </p>
      <p className="text-small text-dim">
        {right === null || before === null || !used ? words.few : words.was(shareOf(before), used.learntFrom)}
      </p>
    </>
  );
}
