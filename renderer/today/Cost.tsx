import { useView } from '../store.ts';
import { strings } from '../strings.ts';
import { sentenceOf } from '../ui/format.ts';
import { Note, Tag } from '../ui/parts.tsx';

const TONE = { ready: 'good', loading: 'quiet', off: 'quiet' } as const;

/** What the model cost today, in one line; `onOpen` shows every day. */
export function Cost({ onOpen }: { readonly onOpen: () => void }) {
  const state = useView((view) => view.state);
  if (!state) return null;
  const { today, model } = state;
  const words = strings.today;
  return (
    <div className="mt-6 border-t border-line pt-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1 text-small text-dim">
        <span className="font-mono text-[12px]">{model.alias}</span>
        <Tag tone={model.state in TONE ? TONE[model.state as 'ready'] : 'warn'}>
          {strings.status.model[model.state]}
        </Tag>
        <button
          type="button"
          className="ml-auto rounded text-left underline-offset-2 hover:text-ink hover:underline"
          onClick={onOpen}
        >
          {words.costs(today.modelCalls, today.tokens, model.leaves)}
        </button>
      </div>
      {model.reason && model.state !== 'ready' && (
        <div className="mt-2">
          <Note tone="warn">{sentenceOf(model.reason)}</Note>
        </div>
      )}
    </div>
  );
}
