import { strings } from '../strings.ts';
import { Check } from 'lucide-react';
import type { TraceSummary } from '../../src/model/annotation.ts';
import { Button } from '../ui/Button.tsx';
import { Heading, Note, Panel } from '../ui/parts.tsx';
import { sentenceOf } from '../ui/format.ts';
import { AgreementPart } from './AgreementPart.tsx';
import type { Desk, Teach } from './useTeach.ts';

const finished = (trace: TraceSummary) => trace.asked > 0 && trace.answered === trace.asked;

/** Enter begins, without a way to be found first. */
const focus = (button: HTMLButtonElement | null) => {
  button?.focus();
};

/** The traces of a folder and how far each is, then what finished ones are good for. */
export function TraceList({ teach, desk }: { readonly teach: Teach; readonly desk: Desk }) {
  const { place, next } = teach;
  const changed = desk.traces.flatMap((each) => each.changed ?? []);
  return (
    <>
      <Heading
        aside={
          <>
            {strings.teaching.as(place.annotator)}
            {' · '}
            <button
              type="button"
              className="underline-offset-2 hover:text-ink hover:underline"
              onClick={teach.changePlace}
            >
              {strings.teaching.change}
            </button>
          </>
        }
      >
        {strings.teaching.traces}
      </Heading>
      {(changed.length > 0 || desk.odd.length > 0) && (
        <div className="mb-3 flex flex-col gap-2">
          {changed.map((each) => (
            <Note key={each} tone="warn">
              {each}
            </Note>
          ))}
          {desk.odd.length > 0 && (
            <details className="text-small text-dim">
              <summary>{strings.teaching.odd(desk.odd.length)}</summary>
              <ul className="mt-1 flex flex-col gap-1 break-words">
                {desk.odd.map((each) => (
                  <li key={each}>{sentenceOf(each)}</li>
                ))}
              </ul>
            </details>
          )}
        </div>
      )}
      <Panel className="overflow-hidden">
        <ul aria-label={strings.teaching.traces}>
          {desk.traces.map((trace) => (
            <Row
              key={trace.name}
              trace={trace}
              first={trace.name === next}
              onStart={() => teach.start(trace.name)}
            />
          ))}
        </ul>
      </Panel>
      <p className="mt-2 font-mono text-[12px] break-all text-faint">{desk.folder}</p>
      <AgreementPart teach={teach} any={desk.traces.some(finished)} />
    </>
  );
}

function Row({
  trace,
  first,
  onStart,
}: {
  readonly trace: TraceSummary;
  readonly first: boolean;
  readonly onStart: () => void;
}) {
  const { name, asked, answered } = trace;
  return (
    <li className="relative flex items-center gap-3 border-t border-line px-3.5 py-2 first:border-t-0 hover:bg-hover">
      <button
        type="button"
        ref={first ? focus : null}
        aria-label={`${strings.teaching.start(name)}: ${strings.teaching.answeredWords(answered, asked)}`}
        disabled={asked === 0}
        onClick={onStart}
        className="min-w-0 flex-1 truncate text-left font-medium after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:rounded-xl focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-accent disabled:text-dim"
      >
        {name}
      </button>
      <span aria-hidden="true" className="flex items-center gap-1.5 text-small text-dim">
        {finished(trace) && <Check className="size-3.5 text-good" />}
        {asked === 0 ? strings.teaching.nothingAsked : strings.teaching.answered(answered, asked)}
      </span>
      {first && (
        <Button small look="primary" tabIndex={-1} aria-hidden="true" className="relative" onClick={onStart}>
          {answered > 0 ? strings.teaching.goOn : strings.teaching.begin}
        </Button>
      )}
    </li>
  );
}
