import { X } from 'lucide-react';
import { useState } from 'react';
import { strings } from '../strings.ts';
import { Button, IconButton } from '../ui/Button.tsx';

/** A list of short texts: add one, remove one. */
export function ListEditor({
  title,
  hint,
  placeholder,
  items,
  onChange,
}: {
  readonly title: string;
  readonly hint: string;
  readonly placeholder: string;
  readonly items: readonly string[];
  readonly onChange: (items: string[]) => void;
}) {
  const [text, setText] = useState('');
  const wanted = text.trim();
  return (
    <div className="border-t border-line px-4 py-3 first:border-t-0">
      <p className="font-medium">{title}</p>
      <p className="text-small text-dim">{hint}</p>
      {items.length > 0 && (
        <ul aria-label={title} className="mt-2 flex flex-wrap gap-1.5">
          {items.map((item) => (
            <li
              key={item}
              className="inline-flex max-w-full items-center gap-0.5 rounded-lg border border-line bg-bg pl-2.5 text-[13px]"
            >
              <span className="truncate">{item}</span>
              <IconButton
                label={strings.settings.remove(item)}
                className="size-6.5"
                onClick={() => onChange(items.filter((each) => each !== item))}
              >
                <X className="size-3" />
              </IconButton>
            </li>
          ))}
        </ul>
      )}
      <form
        className="mt-2 flex gap-2"
        onSubmit={(event) => {
          event.preventDefault();
          if (wanted && !items.includes(wanted)) onChange([...items, wanted]);
          setText('');
        }}
      >
        <input
          aria-label={placeholder}
          placeholder={placeholder}
          value={text}
          maxLength={256}
          onChange={(event) => setText(event.target.value)}
          className="h-8 min-w-0 flex-1 rounded-lg border border-line bg-surface px-2.5 placeholder:text-faint"
        />
        <Button type="submit" disabled={wanted === ''} aria-label={`${strings.settings.add}: ${title}`}>
          {strings.settings.add}
        </Button>
      </form>
    </div>
  );
}
