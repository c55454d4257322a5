import { strings } from '../strings.ts';
import { useEffect, useLayoutEffect, useRef } from 'react';
import { progressOf, pressOf } from '../../src/model/sitting.ts';
import { chord, typing, withMod } from '../keys.ts';
import { useView } from '../store.ts';
import { Button } from '../ui/Button.tsx';
import { timeOf } from '../ui/format.ts';
import { Kbd, Note } from '../ui/parts.tsx';
import { Choices } from './Choices.tsx';
import type { Open, Teach } from './useTeach.ts';

/** Events before the one in front that are shown. */
const EARLIER = 5;

/** Names of keys as `pressOf` has them, where the browser's are others. */
const NAMES: Readonly<Record<string, string>> = {
  ArrowUp: 'up',
  ArrowDown: 'down',
  Enter: 'enter',
  ' ': 'space',
};

/** One trace, event by event, from the keyboard. */
export function Annotating({ teach, open }: { readonly teach: Teach; readonly open: Open }) {
  const { sitting, name } = open;
  const { act, start, next } = teach;
  const palette = useView((view) => view.palette);
  const { asked, answered } = progressOf(sitting);
  const event = sitting.events[sitting.at];

  useEffect(() => {
    function onKey(key: KeyboardEvent) {
      if (palette || withMod(key) || key.altKey || key.metaKey || typing(key.target)) return;
      const wanted = NAMES[key.key] ?? key.key;
      const control = key.target instanceof HTMLElement && key.target.closest('button, a, summary') !== null;
      // Enter and Space on a button are the button's own.
      if (control && (wanted === 'enter' || wanted === 'space')) return;
      if (wanted === 'space' && key.target instanceof HTMLInputElement) return;
      const does = pressOf(wanted);
      if (!does || (wanted === 'enter' && key.repeat)) return;
      key.preventDefault();
      act(does);
    }
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [act, palette]);

  return (
    <section aria-label={name}>
      <Top key={sitting.at} />
      <div className="mt-6 mb-2 flex flex-wrap items-baseline justify-between gap-x-4 text-[13px] leading-5">
        <h2 className="font-semibold text-dim">{name}</h2>
        <span className="text-faint">
          {event && `${strings.teaching.event(sitting.at + 1, sitting.events.length)} · `}
          {strings.teaching.answeredWords(answered, asked)}
        </span>
      </div>
      <div
        role="progressbar"
        aria-label={strings.teaching.progress}
        aria-valuemin={0}
        aria-valuemax={asked}
        aria-valuenow={answered}
        className="mb-5 h-1 overflow-hidden rounded-full bg-idle"
      >
        <svg
          className="block h-full w-full"
          preserveAspectRatio="none"
          viewBox="0 0 100 1"
          aria-hidden="true"
        >
          <rect height="1" width={asked === 0 ? 0 : (100 * answered) / asked} className="fill-accent" />
        </svg>
      </div>
      {open.changed !== undefined && answered === 0 && (
        <div className="mb-4">
          <Note tone="warn">{open.changed}</Note>
        </div>
      )}
      {event ? (
        <>
          <ol aria-label={strings.teaching.earlier} className="flex flex-col gap-1 text-small text-faint">
            {sitting.events.slice(Math.max(0, sitting.at - EARLIER), sitting.at).map((each, i) => (
              <li key={`${each.time} ${i}`} className="flex gap-3">
                <Time time={each.time} />
                <span className="line-clamp-2 min-w-0 break-words">{each.event}</span>
              </li>
            ))}
          </ol>
          <div aria-live="polite" className="mt-2 flex gap-3">
            <Time time={event.time} />
            <p className="min-w-0 text-[15px] leading-[22px] font-semibold break-words">{event.event}</p>
          </div>
          <Choices key={sitting.at} sitting={sitting} event={event} act={act} />
        </>
      ) : (
        <End name={name} asked={asked} next={next} start={start} />
      )}
      <div className="mt-5 flex flex-wrap items-center gap-2">
        {event && (
          <Button look="primary" onClick={() => act({ kind: 'next' })}>
            {strings.teaching.keys.next} <span aria-hidden="true">{chord('enter')}</span>
          </Button>
        )}
        <Button onClick={() => act({ kind: 'back' })}>
          {strings.teaching.keys.back} <Kbd>B</Kbd>
        </Button>
        <Button disabled={sitting.past.length === 0} onClick={() => act({ kind: 'undo' })}>
          {strings.teaching.keys.undo} <Kbd>U</Kbd>
        </Button>
        <Button look="ghost" className="ml-auto" onClick={() => act({ kind: 'leave' })}>
          {strings.teaching.keys.quit} <Kbd>Q</Kbd>
        </Button>
      </div>
    </section>
  );
}

const focus = (button: HTMLButtonElement | null) => {
  button?.focus();
};

function End({
  name,
  asked,
  next,
  start,
}: {
  readonly name: string;
  readonly asked: number;
  readonly next: string | null;
  readonly start: (name: string) => void;
}) {
  return (
    <div className="rounded-xl border border-line bg-surface px-4 py-5">
      <p className="font-medium">{strings.teaching.finished(name, asked)}</p>
      {next === null ? (
        <p className="mt-1 text-small text-dim">{strings.teaching.lastTrace}</p>
      ) : (
        <Button look="primary" className="mt-3" ref={focus} onClick={() => start(next)}>
          {strings.teaching.nextTrace} <span aria-hidden="true">{chord('enter')}</span>
        </Button>
      )}
    </div>
  );
}

/** Brings the beginning of each new event into view. */
function Top() {
  const top = useRef<HTMLDivElement>(null);
  // In braces: Chromium's scrolling answers with a promise, which is no clean-up.
  useLayoutEffect(() => {
    void top.current?.scrollIntoView({ block: 'nearest' });
  }, []);
  return <div ref={top} />;
}

function Time({ time }: { readonly time: string }) {
  const seconds = Number(time);
  const known = time.trim() !== '' && Number.isFinite(seconds) && Math.abs(seconds) < 8e12;
  return (
    <span className="min-w-[42px] shrink-0 text-[12px] leading-[20px] text-faint">
      {known ? timeOf(seconds * 1000) : time}
    </span>
  );
}
