import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import type { SuggestionState } from '../../src/model/suggestion.ts';
import { strings } from '../strings.ts';

/** A key as printed on it. */
export function Kbd({ children }: { readonly children: ReactNode }) {
  return (
    <kbd
      aria-hidden="true"
      className="rounded-[5px] border border-b-2 border-line bg-surface px-[5px] font-mono text-tiny text-dim"
    >
      {children}
    </kbd>
  );
}

/** A section's heading, with a quiet remark at its end. */
export function Heading({ children, aside }: { readonly children: ReactNode; readonly aside?: ReactNode }) {
  return (
    <div className="mt-6 mb-2 flex flex-wrap items-baseline justify-between gap-x-4 text-[13px] leading-5">
      <h2 className="font-semibold text-dim">{children}</h2>
      {aside !== undefined && <span className="text-faint">{aside}</span>}
    </div>
  );
}

/** A surface with a hairline border. */
export function Panel({
  children,
  className = '',
}: {
  readonly children: ReactNode;
  readonly className?: string;
}) {
  return <div className={`rounded-xl border border-line bg-surface ${className}`}>{children}</div>;
}

type Tone = 'quiet' | 'good' | 'warn' | 'bad' | 'accent';

const TONE: Readonly<Record<Tone, string>> = {
  quiet: 'border-line text-dim',
  good: 'border-good/40 text-good',
  warn: 'border-warn/40 text-warn',
  bad: 'border-bad/40 text-bad',
  accent: 'border-accent/40 text-accent',
};

/** A small label of a state. */
export function Tag({ tone = 'quiet', children }: { readonly tone?: Tone; readonly children: ReactNode }) {
  return (
    <span
      className={`max-w-full shrink-0 rounded-full border px-[9px] py-px text-[12px] leading-[18px] ${TONE[tone]}`}
    >
      {children}
    </span>
  );
}

const STATE_TONE: Partial<Record<SuggestionState, Tone>> = { accepted: 'good', shown: 'accent' };

/** A suggestion's state, in words. */
export function StateTag({ state }: { readonly state: SuggestionState }) {
  return <Tag tone={STATE_TONE[state] ?? 'quiet'}>{strings.states[state]}</Tag>;
}

/** What stands where nothing is. */
export function Empty({
  icon: Icon,
  title,
  hint,
  children,
}: {
  readonly icon: LucideIcon;
  readonly title: string;
  readonly hint?: string;
  readonly children?: ReactNode;
}) {
  return (
    <div className="flex flex-col items-center gap-1 px-6 py-10 text-center">
      <Icon aria-hidden="true" className="mb-2 size-6 text-mark" strokeWidth={1.5} />
      <p className="font-medium">{title}</p>
      {hint && <p className="max-w-[44ch] text-small text-dim">{hint}</p>}
      {children && <div className="mt-3">{children}</div>}
    </div>
  );
}

/** Grey bars in the place of rows that are being read. */
export function Loading({ label, rows = 3 }: { readonly label: string; readonly rows?: number }) {
  return (
    <div role="status" className="px-3.5 py-1">
      <span className="sr-only">{label}</span>
      {Array.from({ length: rows }, (_, row) => (
        <div key={row} className="flex items-center gap-4 py-3">
          <div className="h-2.5 w-9 rounded bg-idle" />
          <div className={`h-2.5 rounded bg-idle ${['w-2/3', 'w-1/2', 'w-3/5'][row % 3]}`} />
        </div>
      ))}
    </div>
  );
}

/** A sentence that must not be missed. */
export function Note({ tone, children }: { readonly tone: 'warn' | 'bad'; readonly children: ReactNode }) {
  const look = tone === 'warn' ? 'bg-warn-soft text-warn' : 'bg-bad-soft text-bad';
  return <div className={`rounded-lg px-3 py-2 text-small ${look}`}>{children}</div>;
}
