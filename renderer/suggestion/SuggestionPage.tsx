import { ArrowLeft, FileQuestion, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { AnswerButtons, AnswerText, isText } from '../card/Answer.tsx';
import { Preview } from '../card/Preview.tsx';
import { useActions, useView } from '../store.ts';
import { Questions } from '../study/Questions.tsx';
import { strings } from '../strings.ts';
import { Button } from '../ui/Button.tsx';
import { Confirm } from '../ui/Dialog.tsx';
import { momentOf, timeOf } from '../ui/format.ts';
import { KindIcon } from '../ui/KindIcon.tsx';
import { Empty, Heading, Loading, Panel, StateTag } from '../ui/parts.tsx';
import { Prose } from '../ui/Prose.tsx';
import { useNow } from '../ui/useNow.ts';
import { Made } from './Made.tsx';
import { MuteMenu } from './MuteMenu.tsx';
import { Receipts } from './Receipts.tsx';
import { useSuggestion, type Whole } from './useSuggestion.ts';
import { Why } from './Why.tsx';

/** A suggestion's page: everything that led to it, and what became of it. */
export function SuggestionPage({ id }: { readonly id: string }) {
  const whole = useSuggestion(id);
  const words = strings.suggestion;
  return (
    <div className="flex-1 overflow-y-auto [scrollbar-gutter:stable]">
      <div className="max-w-[920px] px-4 pt-2 pb-60 sm:px-8">
        <Button small look="ghost" className="-ml-2.5" onClick={() => history.back()}>
          <ArrowLeft aria-hidden="true" className="size-3.5" />
          {words.back}
        </Button>
        {whole === 'loading' && <Loading label={words.loading} rows={6} />}
        {whole === 'gone' && (
          <div className="mt-6">
            <h1 className="sr-only">{words.gone}</h1>
            <Empty icon={FileQuestion} title={words.gone} hint={words.goneHint} />
          </div>
        )}
        {typeof whole === 'object' && <Page whole={whole} />}
      </div>
    </div>
  );
}

function Page({ whole: { suggestion, decision, answer } }: { readonly whole: Whole }) {
  const { accept, reject, snooze, forget, go } = useActions();
  const asks = useView((view) => view.state?.study?.asks);
  const [asking, setAsking] = useState(false);
  const now = useNow(60_000);
  const { proposal, state } = suggestion;
  const words = strings.suggestion;
  const open = state === 'held' || state === 'shown' || state === 'ignored' || state === 'snoozed';
  const kind = proposal.operation?.kind;
  const answered =
    answer !== undefined ||
    (state === 'accepted' && kind !== undefined && kind !== 'search' && kind !== 'open');
  return (
    <>
      <header className="mt-2 flex items-start gap-3">
        <div className="min-w-0 flex-1">
          <h1 className="text-[20px] leading-7 font-semibold tracking-[-0.015em] break-words">
            {proposal.task}
          </h1>
          <p className="mt-0.5 break-words text-dim">
            {proposal.why}, {momentOf(suggestion.at, now)}
          </p>
          {suggestion.edited && (
            <p className="mt-0.5 break-words text-dim">
              {strings.doing.inYourWords} <span className="text-ink">{suggestion.edited}</span>
            </p>
          )}
        </div>
        <StateTag state={state} />
      </header>
      <div className="mt-3 max-w-[68ch]">
        <Prose text={proposal.message} />
      </div>
      {open && (
        <div className="mt-4 flex gap-2">
          <Button look="primary" onClick={() => accept(suggestion, 'inbox')}>
            {strings.card.accept}
          </Button>
          {state !== 'snoozed' && (
            <Button onClick={() => snooze(suggestion, 'inbox')}>{strings.card.later}</Button>
          )}
          <Button look="ghost" onClick={() => reject(suggestion, 'inbox')}>
            {strings.card.dismiss}
          </Button>
        </div>
      )}

      {asks?.suggestion === suggestion.id && (
        <Panel className="mt-4 max-w-[68ch] px-4 py-3.5">
          <Questions key={asks.feedback} asks={asks} />
        </Panel>
      )}

      {answered && (
        <section>
          <Heading>{isText(kind) ? words.answer : strings.doing.result}</Heading>
          <Panel className="px-4 py-3.5">
            <AnswerText kind={kind} answer={answer} />
            <div className="mt-3 flex gap-2 empty:hidden">
              <AnswerButtons suggestion={suggestion} answer={answer} />
            </div>
          </Panel>
        </section>
      )}

      <section>
        <Heading>{words.operation}</Heading>
        {proposal.operation ? (
          <Panel className="p-1.5">
            <Preview suggestion={suggestion} />
          </Panel>
        ) : (
          <p className="text-dim">{words.noOperation}</p>
        )}
      </section>

      <Why suggestion={suggestion} />

      <section>
        <Heading aside={words.exactly(suggestion.seen.length)}>{words.saw}</Heading>
        {suggestion.seen.length === 0 ? (
          <p className="text-dim">{words.sawNone}</p>
        ) : (
          <Panel className="overflow-hidden">
            <ol className="max-h-[340px] overflow-y-auto py-1.5" tabIndex={0} aria-label={words.saw}>
              {suggestion.seen.map((each) => (
                <li key={each.id} className="flex gap-3 px-3.5 py-1">
                  <time className="w-9 shrink-0 text-[12px] text-faint">{timeOf(each.time)}</time>
                  <span className="mt-[3px]">
                    <KindIcon kind={each.kind} />
                  </span>
                  <span className="min-w-0 break-words">{each.event}</span>
                </li>
              ))}
            </ol>
          </Panel>
        )}
      </section>

      <Made suggestion={suggestion} decision={decision} />
      <Receipts receipts={decision?.receipts ?? []} />

      <section>
        <Heading>{words.history}</Heading>
        <ol className="space-y-1">
          {suggestion.history.map((step, at) => (
            <li key={at} className="flex items-baseline gap-3">
              <time className="w-11 text-[12px] text-faint">{timeOf(step.at)}</time>
              <span>{strings.states[step.state]}</span>
              {step.note && <span className="min-w-0 break-words text-dim">{step.note}</span>}
            </li>
          ))}
        </ol>
      </section>

      <div className="mt-8 flex flex-wrap gap-2 border-t border-line pt-4">
        <Button look="danger" onClick={() => setAsking(true)}>
          <Trash2 aria-hidden="true" className="size-3.5" />
          {words.delete}
        </Button>
        <MuteMenu suggestion={suggestion} />
      </div>
      {asking && (
        <Confirm
          title={words.deleteAsk}
          body={words.deleteBody}
          action={strings.timeline.delete}
          onClose={() => setAsking(false)}
          onConfirm={() =>
            void forget({ suggestion: suggestion.id }).then((worked) => worked && go({ name: 'today' }))
          }
        />
      )}
    </>
  );
}
