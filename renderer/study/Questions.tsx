import { strings } from '../strings.ts';
import { useEffect, useState } from 'react';
import type { StudyAsk, StudyQuestion, StudyReply } from '../../src/model/study.ts';
import { chord, typing } from '../keys.ts';
import { useActions } from '../store.ts';
import { Button } from '../ui/Button.tsx';
import { Kbd } from '../ui/parts.tsx';

type Values = Readonly<Record<string, StudyReply['value']>>;

/** Longest free text, as the contract takes it. */
const LONGEST = 1000;

/**
 * The study's questions about the last answer. Each can be left open; skipping sends none. With `keys` the digits answer
 * the first open question wherever the focus is, except in a text field.
 */
export function Questions({ asks, keys = false }: { readonly asks: StudyAsk; readonly keys?: boolean }) {
  const { replyStudy } = useActions();
  const [values, setValues] = useState<Values>({});
  const put = (question: string, value: StudyReply['value']) =>
    setValues((now) => ({ ...now, [question]: value }));

  useEffect(() => {
    if (!keys) return undefined;
    function onKey(event: KeyboardEvent) {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || typing(event.target))
        return;
      const open = asks.questions.find((each) => each.kind !== 'text' && values[each.id] === undefined);
      const picked = open && valuesOf(open)[Number(event.key) - 1];
      if (!open || picked === undefined) return;
      event.preventDefault();
      setValues((now) => ({ ...now, [open.id]: picked }));
    }
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [keys, asks, values]);

  const replies = asks.questions.flatMap(({ id: question }) => {
    const value = values[question];
    const said = typeof value === 'string' ? value.trim().slice(0, LONGEST) : value;
    return said === undefined || said === '' ? [] : [{ question, value: said }];
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        replyStudy(asks, replies);
      }}
    >
      <p className="mb-1.5 text-[12px] text-faint">{strings.study.asks(asks.questions.length)}</p>
      <div className="space-y-3">
        {asks.questions.map((question) => (
          <Question key={question.id} question={question} value={values[question.id]} onChange={put} />
        ))}
      </div>
      <div className="mt-3 flex items-center gap-2">
        <Button type="submit" look="primary" disabled={replies.length === 0}>
          {strings.study.send}
        </Button>
        <Button look="ghost" className="-mr-1.5 ml-auto" onClick={() => replyStudy(asks, [])}>
          {strings.study.skip} {keys && <Kbd>{chord('esc')}</Kbd>}
        </Button>
      </div>
    </form>
  );
}

function valuesOf(question: StudyQuestion): readonly StudyReply['value'][] {
  if (question.kind === 'scale') return [1, 2, 3, 4, 5];
  return question.kind === 'choice' ? question.choices : [];
}

function Question({
  question,
  value,
  onChange,
}: {
  readonly question: StudyQuestion;
  readonly value: StudyReply['value'] | undefined;
  readonly onChange: (question: string, value: StudyReply['value']) => void;
}) {
  const { id, kind, text } = question;
  if (kind === 'text') {
    return (
      <label className="block">
        <span className="block font-medium break-words">{text}</span>
        <textarea
          rows={2}
          maxLength={LONGEST}
          value={typeof value === 'string' ? value : ''}
          onChange={(event) => onChange(id, event.target.value)}
          className="mt-1.5 block w-full rounded-lg border border-edge bg-surface px-2.5 py-1.5"
        />
      </label>
    );
  }
  return (
    <fieldset className="min-w-0">
      <legend className="font-medium break-words">{text}</legend>
      <div className={`mt-1.5 ${kind === 'scale' ? 'flex gap-1.5' : 'space-y-1'}`}>
        {valuesOf(question).map((each) => (
          <label
            key={each}
            className={`relative rounded-md border border-line px-2.5 py-1 text-small break-words has-checked:border-accent has-checked:bg-accent-soft has-focus-visible:outline-2 has-focus-visible:outline-accent ${kind === 'scale' ? 'flex-1 text-center' : 'block'}`}
          >
            <input
              type="radio"
              name={id}
              checked={value === each}
              onChange={() => onChange(id, each)}
              className="sr-only"
            />
            {each}
          </label>
        ))}
      </div>
      {kind === 'scale' && (
        <p className="mt-1 flex justify-between gap-4 text-[12px] text-dim">
          <span className="min-w-0 break-words">{`1: ${question.low}`}</span>
          <span className="min-w-0 text-right break-words">{`5: ${question.high}`}</span>
        </p>
      )}
    </fieldset>
  );
}
