import { strings } from '../strings.ts';
import { useId, useLayoutEffect, useRef } from 'react';
import type { AnnotationEvent } from '../../src/model/annotation.ts';
import type { Press, Sitting } from '../../src/model/sitting.ts';
import { Kbd } from '../ui/parts.tsx';

/** The proposed tasks of one event and "none of these", as checkboxes that the cursor walks over. */
export function Choices({
  sitting,
  event,
  act,
}: {
  readonly sitting: Sitting;
  readonly event: AnnotationEvent;
  readonly act: (key: Press) => void;
}) {
  const { cursor, draft, missing } = sitting;
  const id = useId();
  const none = event.candidates.length;
  return (
    <fieldset aria-describedby={missing ? `${id}-missing` : undefined} className="mt-5">
      <legend className="mb-1.5 text-[13px] font-semibold text-dim">{strings.teaching.question}</legend>
      <div className="overflow-hidden rounded-xl border border-line bg-surface">
        {event.candidates.map((task, at) => (
          <Choice
            key={task}
            label={task}
            hint={at < 9 ? String(at + 1) : ''}
            here={cursor === at}
            checked={draft?.includes(at) ?? false}
            onToggle={() => act({ kind: 'pick', candidate: at })}
          />
        ))}
        <Choice
          label={strings.teaching.none}
          hint="N"
          here={cursor === none}
          checked={draft?.length === 0}
          onToggle={() => act(draft?.length === 0 && cursor === none ? { kind: 'toggle' } : { kind: 'none' })}
        />
      </div>
      <p id={`${id}-missing`} role="status" className="mt-1.5 min-h-[18px] text-small text-warn">
        {missing ? strings.teaching.missing : ''}
      </p>
    </fieldset>
  );
}

function Choice({
  label,
  hint,
  here,
  checked,
  onToggle,
}: {
  readonly label: string;
  readonly hint: string;
  readonly here: boolean;
  readonly checked: boolean;
  readonly onToggle: () => void;
}) {
  const box = useRef<HTMLInputElement>(null);
  // The focus is the cursor, so that a screen reader follows it.
  useLayoutEffect(() => {
    if (here) box.current?.focus({ preventScroll: false });
  }, [here]);
  return (
    <label
      className={`flex items-start gap-3 border-t border-line px-3.5 py-2.5 first:border-t-0 ${here ? 'bg-accent-soft' : 'hover:bg-hover'}`}
    >
      <input
        ref={box}
        type="checkbox"
        tabIndex={here ? 0 : -1}
        checked={checked}
        onChange={onToggle}
        className="mt-[3px] size-3.5 shrink-0"
      />
      <span className="min-w-0 flex-1 break-words">{label}</span>
      {hint !== '' && <Kbd>{hint}</Kbd>}
    </label>
  );
}
