import { Footprints } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { Decision, Outcome } from '../../src/model/decision.ts';
import { useActions, useAssistant } from '../store.ts';
import { strings } from '../strings.ts';
import { Dialog } from '../ui/Dialog.tsx';
import { millisOf, percentOf, sentenceOf, timeOf } from '../ui/format.ts';
import { Empty, Loading, Tag } from '../ui/parts.tsx';

const TONE: Partial<Record<Outcome, 'good' | 'bad'>> = { proposal: 'good', error: 'bad' };

/** What the counts of the day are made of: the last turns, each with the reason it ended. */
export function Trail({ onClose }: { readonly onClose: () => void }) {
  const { bridge } = useAssistant();
  const { fail, go } = useActions();
  const [rows, setRows] = useState<readonly Decision[] | null>(null);
  useEffect(() => {
    void bridge.call('decisions.list', { limit: 200 }).then((page) => setRows(page.rows), fail);
  }, [bridge, fail]);
  return (
    <Dialog title={strings.today.trail} wide onClose={onClose}>
      <p className="px-5 pb-2 text-small text-dim">{strings.today.trailHint}</p>
      <div
        className="min-h-0 overflow-y-auto px-2 pb-2"
        tabIndex={0}
        role="group"
        aria-label={strings.today.trail}
      >
        {!rows && <Loading label={strings.today.loading} rows={5} />}
        {rows?.length === 0 && <Empty icon={Footprints} title={strings.today.trailEmpty} />}
        <ul>
          {rows?.map((each) => (
            <li key={each.id} className="flex items-baseline gap-3 rounded-lg px-3 py-1.5">
              <time className="w-11 shrink-0 text-[12px] text-faint">{timeOf(each.at)}</time>
              <div className="min-w-0 flex-1">
                {each.suggestion ? (
                  <button
                    type="button"
                    className="text-left font-medium break-words hover:underline"
                    onClick={() => {
                      onClose();
                      if (each.suggestion) go({ name: 'suggestion', id: each.suggestion });
                    }}
                  >
                    {each.task ?? each.reason}
                  </button>
                ) : (
                  <p className="break-words first-letter:uppercase">{why(each)}</p>
                )}
              </div>
              <span className="shrink-0 text-[12px] text-faint">
                {each.gate ? `${percentOf(each.gate.probability)} %, ` : ''}
                {millisOf(each.ms)}
              </span>
              <Tag tone={TONE[each.outcome] ?? 'quiet'}>{strings.outcomes[each.outcome]}</Tag>
            </li>
          ))}
        </ul>
      </div>
    </Dialog>
  );
}

/** The reason a turn ended in words; the figures of the gate stand beside it. */
function why({ outcome, gate, reason }: Decision): string {
  const against = gate?.reasons.filter((each) => each.startsWith('against: ')) ?? [];
  if (outcome !== 'gate' || against.length === 0) return sentenceOf(reason);
  return against.map((each) => each.replace('against: ', '')).join(', ');
}
