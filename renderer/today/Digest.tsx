import { useState } from 'react';
import { learning } from '../strings/learning.ts';
import { Button } from '../ui/Button.tsx';
import { Heading, Panel } from '../ui/parts.tsx';
import { DigestDialog } from './DigestDialog.tsx';
import { useDigest } from './useDigest.ts';

const words = learning.digest;

/** The moments that wait to be labelled, once a day; nothing where none does. */
export function Digest() {
  const digest = useDigest();
  const [open, setOpen] = useState(false);
  const count = digest.items?.length ?? 0;
  if (count === 0 && !open) return null;
  return (
    <>
      <Heading>{words.title}</Heading>
      <Panel className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3">
        <p className="min-w-0 flex-1 basis-52">
          {count > 0 ? words.waiting(count) : words.done(digest.answered)}
        </p>
        {count > 0 && <Button onClick={() => setOpen(true)}>{words.begin}</Button>}
      </Panel>
      {open && <DigestDialog digest={digest} onClose={() => setOpen(false)} />}
    </>
  );
}
