/** Renames files as an accepted suggestion does, and is killed after so many names were given. */
import { join } from 'node:path';
import { newId } from '../../src/model/id.ts';
import { createFileFinder } from '../../src/operations/files.ts';
import { createJournal } from '../../src/operations/journal.ts';
import { createFilePlaces } from '../../src/operations/places.ts';
import { createRenaming } from '../../src/operations/rename.ts';

const [place = '', what = '{}', after = '0'] = process.argv.slice(2);
const { id, names } = JSON.parse(what) as { id: string; names: string[] };
const folder = join(place, 'Papers');
const places = createFilePlaces();
const finder = createFileFinder({
  places,
  guard: { before: () => ({ allow: 'content' }) },
  event: async () => null,
  roots: () => [folder],
  ignored: () => false,
});
const files = names.map((name) => {
  const event = newId();
  places.note(event, join(folder, name));
  return { file: { event, name }, to: `renamed ${name}` };
});
await createRenaming({ finder, journal: createJournal(join(place, 'renames')) }).run(
  id,
  { kind: 'rename', files },
  {
    at: 1,
    signal: new AbortController().signal,
    onDone: (done) => {
      // Not at once: between two steps of the next file.
      if (done > Number(after)) setImmediate(() => process.kill(process.pid, 'SIGKILL'));
    },
  },
);
