import { strings } from '../strings.ts';
import { useState } from 'react';
import { Button } from '../ui/Button.tsx';
import { Heading, Panel } from '../ui/parts.tsx';
import { DigestDialog } from './DigestDialog.tsx';
import { useDigest } from './useDigest.ts';

/** The moments that wait to be labelled, once a day; nothing where none does. */
export function Digest() {
  const digest = useDigest();
  const [open, setOpen] = useState(false);
  const count = digest.items?.length ?? 0;
  if (count === 0 && !open) return null;
  return (
    <>
      <Heading>{strings.learning.digest.title}</Heading>
      <Panel className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3">
        <p className="min-w-0 flex-1 basis-52">
          {count > 0 ? strings.learning.digest.waiting(count) : strings.learning.digest.done(digest.answered)}
        </p>
        {count > 0 && <Button onClick={() => setOpen(true)}>{strings.learning.digest.begin}</Button>}
      </Panel>
      {open && <DigestDialog digest={digest} onClose={() => setOpen(false)} />}
    </>
  );
}
