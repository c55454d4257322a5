import { useState } from 'react';
import { useActions, useView } from '../store.ts';
import { strings } from '../strings.ts';
import { Button } from '../ui/Button.tsx';
import { Panel } from '../ui/parts.tsx';

/** The prompt file of one's own, for a model that was trained with other words. */
export function Prompt() {
  const { change } = useActions();
  const prompt = useView((view) => view.settings?.model.prompt ?? null);
  const [path, setPath] = useState<string | null>(null);
  const words = strings.keys;
  const text = path ?? prompt ?? '';
  const put = (next: string | null) => {
    change({ model: { prompt: next } });
    setPath(null);
  };
  return (
    <Panel className="mt-3 px-4 py-3">
      <p className="font-medium">{words.prompt}</p>
      <p className="text-small text-dim">{words.promptHint}</p>
      <form
        className="mt-2 flex flex-wrap gap-2"
        onSubmit={(event) => {
          event.preventDefault();
          put(text.trim() === '' ? null : text.trim());
        }}
      >
        <input
          aria-label={words.promptPath}
          placeholder={words.promptPath}
          value={text}
          spellCheck={false}
          maxLength={4096}
          onChange={(event) => setPath(event.target.value)}
          className="h-8 min-w-0 flex-1 rounded-lg border border-line bg-surface px-2.5 placeholder:text-faint"
        />
        <Button
          type="submit"
          aria-label={`${words.use}: ${words.prompt}`}
          disabled={text.trim() === (prompt ?? '')}
        >
          {words.use}
        </Button>
        {prompt !== null && <Button onClick={() => put(null)}>{words.ours}</Button>}
      </form>
    </Panel>
  );
}
