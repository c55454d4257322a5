import { strings } from '../strings.ts';
import { useEffect, useRef, useState } from 'react';
import type { z } from 'zod';
import type { contract } from '../../src/contract.ts';
import type { ExportPreview, Kind, LeftOut } from '../../src/model/exporting.ts';
import { Button } from '../ui/Button.tsx';
import { Diff } from './Diff.tsx';

/** What the core shows before anything is written. */
export type Shown = z.infer<(typeof contract)['export.preview']['output']>;

/** What would be written: counts, what is left out, what is replaced, rows as a diff; then the words to agree to. */
export function Look({
  shown,
  onBack,
  onWrite,
}: {
  readonly shown: Shown;
  readonly onBack: () => void;
  readonly onWrite: (folder: string) => void;
}) {
  const [agreed, setAgreed] = useState(false);
  const [folder, setFolder] = useState(shown.folder);
  const heading = useRef<HTMLHeadingElement>(null);
  // The step before has gone, and the keyboard with it.
  useEffect(() => heading.current?.focus(), []);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (agreed && folder.trim() !== '') onWrite(folder.trim());
      }}
    >
      <h3 ref={heading} tabIndex={-1} className="text-[13px] font-semibold text-dim outline-none">
        {strings.exporting.counts}
      </h3>
      <ul className="mt-1">
        {shown.formats.map(({ format, file, rows, leftOut }) => (
          <li key={format} className="py-1">
            <span className="font-medium">{strings.exporting.formats[format].title}</span>{' '}
            <span className="text-dim">{strings.exporting.rows(rows, file)}</span>
            {Object.entries(leftOut).map(([reason, count]) => (
              <span key={reason} className="block text-small text-dim">
                {strings.exporting.leftOut(count, reason as LeftOut)}
              </span>
            ))}
          </li>
        ))}
      </ul>
      <h3 className="mt-3 text-[13px] font-semibold text-dim">{strings.exporting.replaced}</h3>
      <Totals replaced={shown.replaced} />
      <h3 className="mt-3 text-[13px] font-semibold text-dim">{strings.exporting.leaves}</h3>
      <p className="text-small text-dim">
        {shown.rows.length > 0 ? strings.exporting.leavesHint : strings.exporting.none}
      </p>
      {shown.rows.map((row, at) => (
        <Diff key={`${row.file} ${at}`} row={row} open={at === 0} />
      ))}
      <label className="mt-4 block text-small text-dim">
        {strings.exporting.folder}
        <input
          value={folder}
          maxLength={1024}
          spellCheck={false}
          autoComplete="off"
          onChange={(event) => setFolder(event.target.value)}
          className="mt-1 h-8 w-full rounded-lg border border-edge bg-surface px-2.5 font-mono text-[12px] text-ink"
        />
      </label>
      <p className="mt-3 text-small">{shown.consent}</p>
      <label className="mt-2 flex items-center gap-2.5 font-medium">
        <input
          type="checkbox"
          checked={agreed}
          onChange={(event) => setAgreed(event.target.checked)}
          className="size-4 accent-accent"
        />
        {strings.exporting.agree}
      </label>
      <div className="mt-4 flex justify-end gap-2">
        <Button onClick={onBack}>{strings.exporting.back}</Button>
        <Button type="submit" look="primary" disabled={!agreed || folder.trim() === ''}>
          {strings.exporting.write}
        </Button>
      </div>
    </form>
  );
}

function Totals({ replaced }: { readonly replaced: ExportPreview['replaced'] }) {
  if (replaced === null) return <p className="text-small text-dim">{strings.exporting.kept}</p>;
  const kinds = Object.entries(replaced);
  if (kinds.length === 0) return <p className="text-small text-dim">{strings.exporting.nothingReplaced}</p>;
  return (
    <ul className="mt-1 grid gap-x-4 text-small sm:grid-cols-2">
      {kinds.map(([kind, { values, places }]) => (
        <li key={kind}>{strings.exporting.values(kind as Kind, values, places)}</li>
      ))}
    </ul>
  );
}
