import { useEffect, useRef } from 'react';
import type { z } from 'zod';
import type { contract } from '../../src/contract.ts';
import { strings } from '../strings.ts';
import { Button } from '../ui/Button.tsx';
import { CopyButton } from '../ui/CopyButton.tsx';
import { bytesOf } from '../ui/format.ts';

/** What the core says of an export that stands. */
export type WrittenFiles = z.infer<(typeof contract)['export.write']['output']>;

/** The end: where it lies and what is in it. */
export function Written({
  written,
  onClose,
}: {
  readonly written: WrittenFiles;
  readonly onClose: () => void;
}) {
  const { folder, files } = written;
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <div role="status">
      <h3 ref={heading} tabIndex={-1} className="font-semibold outline-none">
        {strings.exporting.done}
      </h3>
      <div className="mt-1 flex items-center gap-2">
        <code className="font-mono text-[12px] break-all">{folder}</code>
        <CopyButton text={folder} />
      </div>
      <ul className="mt-2 text-small text-dim">
        {files.map(({ name, rows, bytes }) => (
          <li key={name}>{strings.exporting.file(name, rows, bytesOf(bytes))}</li>
        ))}
      </ul>
      <p className="mt-2 text-small text-dim">{strings.exporting.verify(folder)}</p>
      <div className="mt-4 flex justify-end">
        <Button look="primary" onClick={onClose}>
          {strings.common.close}
        </Button>
      </div>
    </div>
  );
}
