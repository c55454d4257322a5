import { Inbox } from 'lucide-react';
import { useState } from 'react';
import type { SuggestionState } from '../../src/model/suggestion.ts';
import { useActions, useView } from '../store.ts';
import { strings } from '../strings.ts';
import { startOfDay } from '../ui/format.ts';
import { Empty, Heading, Loading, Panel } from '../ui/parts.tsx';
import { useNow } from '../ui/useNow.ts';
import { DayStrip } from './DayStrip.tsx';
import { Cost } from './Cost.tsx';
import { Digest } from './Digest.tsx';
import { Eagerness } from './Eagerness.tsx';
import { Learning } from './Learning.tsx';
import { FirstDay } from './FirstDay.tsx';
import { SuggestionList } from './SuggestionList.tsx';
import { Trail } from './Trail.tsx';

const WAITING: readonly SuggestionState[] = ['shown', 'held', 'ignored', 'snoozed'];
const ANSWERED: readonly SuggestionState[] = ['accepted', 'rejected'];

/** The day at a glance: strip, what waits, how eager, what was learnt, what the model cost. */
export function Today() {
  const state = useView((view) => view.state);
  const suggestions = useView((view) => view.suggestions);
  const shadow = useView((view) => view.settings?.mode === 'shadow');
  const now = useNow(60_000);
  const [trail, setTrail] = useState(false);
  const { go } = useActions();
  const since = startOfDay(now);
  // One that went by itself can be answered for a day.
  const waiting = suggestions?.filter(
    (each) => WAITING.includes(each.state) && (each.state !== 'ignored' || now - each.at < 24 * 3_600_000),
  );
  const answered = suggestions?.filter((each) => ANSWERED.includes(each.state) && each.at >= since) ?? [];
  if (!state) return null;
  const { today } = state;
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
              {words.counts(today.shown, today.accepted, today.silent)}
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
            {suggestions?.length === 0 ? (
              <FirstDay shadow={shadow} />
            ) : (
              <Empty icon={Inbox} title={shadow ? words.shadowEmpty : words.waitingEmpty} />
            )}
          </Panel>
        )}
        {waiting && waiting.length > 0 && <SuggestionList label={words.waiting} rows={waiting} answerable />}

        {shadow && <Digest />}

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
            <Heading>{strings.learning.short.title}</Heading>
            <Panel className="flex flex-1 flex-col px-4 py-3.5">
              <Learning labels={!shadow} />
            </Panel>
          </div>
        </div>
        <Cost onOpen={() => go({ name: 'insights' })} />
      </div>
      {trail && <Trail onClose={() => setTrail(false)} />}
    </div>
  );
}
