import { Check, Moon, X, Zap } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useActions, useView } from '../store.ts';
import { strings } from '../strings.ts';
import { Accessibility } from '../ui/Accessibility.tsx';
import { Button } from '../ui/Button.tsx';
import { faultOf, sentenceOf } from '../ui/format.ts';
import { Models } from '../ui/Models.tsx';
import { Note, Panel } from '../ui/parts.tsx';
import { Sources } from '../ui/Sources.tsx';

const LAST = 3;

/** Where the person is in Welcome; kept for this tab, so that a reload loses nothing. */
interface Place {
  readonly step: number;
  readonly mode: 'live' | 'shadow';
}
const KEPT = 'welcome';

function readPlace(): Place {
  try {
    const [step, mode] = (sessionStorage.getItem(KEPT) ?? '').split(' ');
    const at = Number(step);
    if (Number.isInteger(at) && at >= 0 && at <= LAST)
      return { step: at, mode: mode === 'shadow' ? 'shadow' : 'live' };
  } catch {}
  return { step: 0, mode: 'live' };
}

function keepPlace({ step, mode }: Place): void {
  try {
    sessionStorage.setItem(KEPT, `${step} ${mode}`);
  } catch {}
}

function forgetPlace(): void {
  try {
    sessionStorage.removeItem(KEPT);
  } catch {}
}

/** The first run: what it does, what it may see, which model, how to begin. */
export function Welcome() {
  const { change } = useActions();
  const state = useView((view) => view.state);
  const [{ step, mode }, setPlace] = useState(readPlace);
  const move = (next: Partial<Place>) => {
    const place = { step, mode, ...next };
    setPlace(place);
    keepPlace(place);
  };
  const setStep = (next: number) => move({ step: next });
  const setMode = (next: Place['mode']) => move({ mode: next });
  const fetching = useView(({ progress }) =>
    Object.entries(progress).some(([task, { state: now }]) => task.startsWith('model:') && now === 'running'),
  );
  const ready = useView(({ models }) => models.some(({ installed, inUse }) => installed && inUse));
  const ill = state?.sources.find(({ state: now }) => now === 'missing' || now === 'unhealthy');
  const heading = useRef<HTMLHeadingElement>(null);
  const first = useRef(true);
  const words = strings.welcome;
  const titles = [words.title, words.sources, words.model, words.start];
  const leads = [words.lead, words.sourcesLead, words.modelLead, null];

  // A new step is a new page to a screen reader; the first one must not take the focus.
  useEffect(() => {
    if (!first.current) heading.current?.focus();
    first.current = false;
    // oxlint-disable-next-line react/exhaustive-effect-dependencies
  }, [step]);

  return (
    <main className="flex h-full flex-col">
      <div className="min-h-0 flex-1 overflow-y-auto">
        <div className="mx-auto max-w-[640px] px-5 pt-[8vh] pb-10">
          <div
            className="mb-6 flex items-center gap-1.5"
            aria-label={words.step(step + 1, LAST + 1)}
            role="img"
          >
            {words.steps.map((each, at) => (
              <i key={each} className={`h-1 w-8 rounded-full ${at <= step ? 'bg-accent' : 'bg-idle'}`} />
            ))}
          </div>
          <h1
            ref={heading}
            tabIndex={-1}
            className="text-[26px] leading-8 font-semibold tracking-[-0.02em] outline-none"
          >
            {titles[step]}
          </h1>
          {leads[step] && (
            <p className="mt-2 max-w-[58ch] text-[15px] leading-[22px] text-dim">{leads[step]}</p>
          )}
          {state?.demo && (
            <p className="mt-3 inline-block rounded-full bg-warn-soft px-3 py-1 text-small font-medium text-warn">
              {strings.demo}
            </p>
          )}
          <div className="mt-6">
            {step === 0 && <Promises />}
            {step === 1 && (
              <>
                <Sources />
                <Panel className="mt-3 empty:hidden">
                  <Accessibility />
                </Panel>
              </>
            )}
            {step === 2 && (
              <>
                <Models />
                <p role="status" className="mt-3 text-small text-dim">
                  {fetching ? words.modelFetching : ready ? words.modelReady : words.modelNone}
                </p>
              </>
            )}
            {step === LAST && <Begin mode={mode} onChange={setMode} />}
            {step === LAST && ill && (
              <div className="mt-4">
                <Note tone="warn">
                  {words.ill} {faultOf(ill.reason ?? ill.name, ill.mend)}
                </Note>
              </div>
            )}
            {step === LAST && state?.store.key === 'file' && (
              <div className="mt-4">
                <Note tone="warn">{state.store.warning ? sentenceOf(state.store.warning) : words.key}</Note>
              </div>
            )}
          </div>
        </div>
      </div>
      <footer className="border-t border-line">
        <div className="mx-auto flex max-w-[640px] items-center gap-2 px-5 py-3">
          <span className="text-small text-faint">{words.step(step + 1, LAST + 1)}</span>
          <span className="flex-1" />
          {step > 0 && (
            <Button look="ghost" onClick={() => setStep(step - 1)}>
              {words.back}
            </Button>
          )}
          {step < LAST ? (
            <Button look="primary" onClick={() => setStep(step + 1)}>
              {words.next}
            </Button>
          ) : (
            <Button
              look="primary"
              onClick={() => {
                forgetPlace();
                change({ mode, welcomed: true });
              }}
            >
              {words.begin}
            </Button>
          )}
        </div>
      </footer>
    </main>
  );
}

function Promises() {
  const words = strings.welcome;
  const lists = [
    [words.does, words.doesList, Check, 'text-good'],
    [words.never, words.neverList, X, 'text-bad'],
  ] as const;
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      {lists.map(([title, list, Icon, tone]) => (
        <Panel key={title} className="px-4 py-3.5">
          <h2 className="mb-2 font-semibold">{title}</h2>
          <ul className="space-y-2">
            {list.map((each) => (
              <li key={each} className="flex gap-2.5">
                <Icon aria-hidden="true" className={`mt-0.5 size-4 shrink-0 ${tone}`} strokeWidth={2} />
                <span className="text-dim">{each}</span>
              </li>
            ))}
          </ul>
        </Panel>
      ))}
    </div>
  );
}

function Begin({
  mode,
  onChange,
}: {
  readonly mode: 'live' | 'shadow';
  readonly onChange: (mode: 'live' | 'shadow') => void;
}) {
  const words = strings.welcome;
  const choices = [
    ['live', words.live, words.liveBody, Zap],
    ['shadow', words.shadow, words.shadowBody, Moon],
  ] as const;
  return (
    <div role="radiogroup" aria-label={words.start} className="grid gap-3 sm:grid-cols-2">
      {choices.map(([each, title, body, Icon]) => (
        <label
          key={each}
          className="relative flex flex-col gap-1 rounded-xl border border-line bg-surface px-4 py-3.5 has-checked:border-accent has-checked:bg-accent-soft has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent"
        >
          <input
            type="radio"
            name="mode"
            checked={mode === each}
            onChange={() => onChange(each)}
            className="sr-only"
          />
          <Icon aria-hidden="true" className="mb-1 size-5 text-accent" strokeWidth={1.75} />
          <span className="font-semibold">{title}</span>
          <span className="text-dim">{body}</span>
        </label>
      ))}
    </div>
  );
}
