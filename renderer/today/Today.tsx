import { Inbox } from 'lucide-react';
import { useState } from 'react';
import type { SuggestionState } from '../../src/model/suggestion.ts';
import { useView } from '../store.ts';
import { strings } from '../strings.ts';
import { sentenceOf, startOfDay } from '../ui/format.ts';
import { Empty, Heading, Loading, Note, Panel, Tag } from '../ui/parts.tsx';
import { useNow } from '../ui/useNow.ts';
import { DayStrip } from './DayStrip.tsx';
import { Digest } from './Digest.tsx';
import { Eagerness } from './Eagerness.tsx';
import { ReceiptDays } from './ReceiptDays.tsx';
import { SuggestionList } from './SuggestionList.tsx';
import { Trail } from './Trail.tsx';

const WAITING: readonly SuggestionState[] = ['shown', 'held', 'ignored', 'snoozed'];
const ANSWERED: readonly SuggestionState[] = ['accepted', 'rejected'];
const MODEL_TONE = { ready: 'good', loading: 'quiet', off: 'quiet' } as const;

/** The day at a glance: strip, what waits, how eager, what the model cost. */
export function Today() {
  const state = useView((view) => view.state);
  const suggestions = useView((view) => view.suggestions);
  const shadow = useView((view) => view.settings?.mode === 'shadow');
  const now = useNow(60_000);
  const [trail, setTrail] = useState(false);
  const [receipts, setReceipts] = useState(false);
  const since = startOfDay(now);
  const waiting = suggestions?.filter((each) => WAITING.includes(each.state));
  const answered = suggestions?.filter((each) => ANSWERED.includes(each.state) && each.at >= since) ?? [];
  if (!state) return null;
  const { today, model } = state;
  const words = strings.today;
  return (
    <div className="flex-1 overflow-y-auto [scrollbar-gutter:stable]">
      <div className="max-w-[920px] px-4 pb-60 sm:px-8">
        <h1 className="sr-only">{words.title}</h1>
        <Heading
          aside={
            <button
              type="button"
              className="underline-offset-2 hover:text-ink hover:underline"
              onClick={() => setTrail(true)}
            >
              {today.shown} {words.counts.shown}, {today.accepted} {words.counts.accepted}, {today.silent}{' '}
              {words.counts.silent}
            </button>
          }
        >
          {words.title}
        </Heading>
        <DayStrip suggestions={suggestions ?? []} />

        <Heading aside={words.waitingHint}>{words.waiting}</Heading>
        {!waiting && (
          <Panel>
            <Loading label={words.loading} />
          </Panel>
        )}
        {waiting?.length === 0 && (
          <Panel>
            <Empty icon={Inbox} title={shadow ? words.shadowEmpty : words.waitingEmpty} />
          </Panel>
        )}
        {waiting && waiting.length > 0 && <SuggestionList label={words.waiting} rows={waiting} answerable />}

        <Digest />

        {answered.length > 0 && (
          <>
            <Heading>{words.answered}</Heading>
            <SuggestionList label={words.answered} rows={answered} />
          </>
        )}

        <div className="grid grid-cols-1 gap-x-4 md:grid-cols-2">
          <div className="flex flex-col">
            <Heading aside={words.eagerHint}>{words.eager}</Heading>
            <Panel className="flex-1 px-4 py-3.5">
              <Eagerness />
            </Panel>
          </div>
          <div className="flex flex-col">
            <Heading
              aside={
                <button
                  type="button"
                  className="underline-offset-2 hover:text-ink hover:underline"
                  onClick={() => setReceipts(true)}
                >
                  {strings.learning.receipts.open}
                </button>
              }
            >
              {words.cost}
            </Heading>
            <Panel className="flex flex-1 flex-col px-4 py-3.5">
              <p>
                <b className="text-[22px] leading-7 font-semibold tracking-[-0.02em]">{today.modelCalls}</b>{' '}
                {words.calls(today.modelCalls).replace(/^\S+ /, '')}
              </p>
              <p className="text-small text-dim">
                {(model.leaves ? words.tokensRemote : words.tokens)(today.tokens)}
              </p>
              <div className="mt-auto flex items-center justify-between gap-3 pt-3">
                <span className="min-w-0 truncate font-mono text-[12px] text-dim">{model.alias}</span>
                <Tag tone={model.state in MODEL_TONE ? MODEL_TONE[model.state as 'ready'] : 'warn'}>
                  {strings.status.model[model.state]}
                </Tag>
              </div>
              {model.reason && model.state !== 'ready' && (
                <div className="mt-2">
                  <Note tone="warn">{sentenceOf(model.reason)}</Note>
                </div>
              )}
            </Panel>
          </div>
        </div>
      </div>
      {receipts && <ReceiptDays onClose={() => setReceipts(false)} />}
      {trail && <Trail onClose={() => setTrail(false)} />}
    </div>
  );
}
