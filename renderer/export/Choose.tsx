import { strings } from '../strings.ts';
import { useState } from 'react';
import { type ExportChoice, FORMATS } from '../../src/model/exporting.ts';
import { Button } from '../ui/Button.tsx';
import { Segments } from '../ui/controls.tsx';

/** Words, one a line, as the core takes them. */
function wordsOf(text: string): string[] {
  return [...new Set(text.split('\n').map((line) => line.trim().slice(0, 100)))]
    .filter((line) => line !== '')
    .slice(0, 50);
}

/** Which formats, and what becomes of names. */
export function Choose({
  choice,
  onChange,
  onLook,
}: {
  readonly choice: ExportChoice;
  readonly onChange: (choice: ExportChoice) => void;
  readonly onLook: () => void;
}) {
  const [hide, setHide] = useState(choice.hide.join('\n'));
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (choice.formats.length > 0) onLook();
      }}
    >
      <fieldset>
        <legend className="text-[13px] font-semibold text-dim">{strings.exporting.what}</legend>
        <ul className="mt-1 grid gap-x-4 sm:grid-cols-2">
          {FORMATS.map((format, at) => (
            <li key={format}>
              <label className="flex gap-2.5 py-1.5">
                <input
                  type="checkbox"
                  data-first={at === 0 ? true : undefined}
                  checked={choice.formats.includes(format)}
                  onChange={(event) =>
                    onChange({
                      ...choice,
                      formats: FORMATS.filter((each) =>
                        each === format ? event.target.checked : choice.formats.includes(each),
                      ),
                    })
                  }
                  className="mt-1 size-4 shrink-0 accent-accent"
                />
                <span>
                  <span className="block font-medium">{strings.exporting.formats[format].title}</span>
                  <span className="block text-small text-dim">{strings.exporting.formats[format].hint}</span>
                </span>
              </label>
            </li>
          ))}
        </ul>
      </fieldset>
      <div className="mt-3 flex flex-wrap items-center justify-between gap-3 border-t border-line pt-3">
        <div className="min-w-40 flex-1">
          <p className="font-medium">{strings.exporting.names}</p>
          <p className="text-small text-dim">
            {choice.names === 'replace' ? strings.exporting.namesHint : strings.exporting.keepHint}
          </p>
        </div>
        <Segments
          label={strings.exporting.names}
          value={choice.names}
          choices={{ replace: strings.exporting.replace, keep: strings.exporting.keep }}
          onChange={(names) => onChange({ ...choice, names })}
        />
      </div>
      {choice.names === 'replace' && (
        <label className="mt-3 block text-small text-dim">
          {strings.exporting.hide}
          <textarea
            value={hide}
            rows={2}
            maxLength={5000}
            placeholder={strings.exporting.hideHint}
            onChange={(event) => {
              setHide(event.target.value);
              onChange({ ...choice, hide: wordsOf(event.target.value) });
            }}
            className="mt-1 w-full rounded-lg border border-edge bg-surface px-2.5 py-1.5 text-ink placeholder:text-faint"
          />
        </label>
      )}
      <div className="mt-4 flex justify-end">
        <Button type="submit" look="primary" disabled={choice.formats.length === 0}>
          {strings.exporting.look}
        </Button>
      </div>
    </form>
  );
}
