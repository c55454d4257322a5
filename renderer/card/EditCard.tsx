import { strings } from '../strings.ts';
import { useState } from 'react';
import type { Suggestion } from '../../src/model/suggestion.ts';
import { chord } from '../keys.ts';
import { useActions } from '../store.ts';
import { Button } from '../ui/Button.tsx';
import { Kbd } from '../ui/parts.tsx';
import { wordsOf } from './editing.ts';

/** What the contract takes for a task, in characters. */
const LONGEST = 300;

/** The task as a text field: Enter accepts in the person's words, Escape goes back to the offer. */
export function EditCard({ suggestion }: { readonly suggestion: Suggestion }) {
  const { accept, edit } = useActions();
  const before = wordsOf(suggestion.proposal) ?? suggestion.proposal.task;
  const [text, setText] = useState(before);
  const words = text.replace(/\s+/g, ' ').trim();
  const label =
    suggestion.proposal.operation?.kind === 'search'
      ? strings.doing.editing.search
      : strings.doing.editing.chat;
  const send = () => words && accept(suggestion, 'card', words === before ? undefined : words);
  return (
    <>
      <label className="block text-[15px] leading-[21px] font-semibold">
        {label}
        <textarea
          rows={3}
          maxLength={LONGEST}
          value={text}
          // Whoever asks to reword it means to type.
          // oxlint-disable-next-line jsx-a11y/no-autofocus
          autoFocus
          onFocus={(event) => event.target.setSelectionRange(text.length, text.length)}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={(event) => {
            if (event.nativeEvent.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
            if (event.key === 'Escape') edit(null);
            else if (event.key === 'Enter' && !event.shiftKey) send();
            else return;
            event.preventDefault();
            event.stopPropagation();
          }}
          className="mt-2 block w-full resize-none rounded-lg border border-line bg-bg px-2.5 py-2 text-[13px] leading-[19px] font-normal text-ink"
        />
      </label>
      <div className="mt-3 flex flex-wrap items-center gap-2">
        <Button look="primary" disabled={!words} onClick={send}>
          {strings.doing.accept} <span aria-hidden="true">{chord('enter')}</span>
        </Button>
        <Button look="ghost" className="-mr-1.5 ml-auto" onClick={() => edit(null)}>
          {strings.doing.cancel} <Kbd>{chord('esc')}</Kbd>
        </Button>
      </div>
    </>
  );
}
