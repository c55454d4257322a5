import { fork } from 'node:child_process';
import {
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { AuditEntry } from '../../src/model/feedback.ts';
import { operationText } from '../../src/model/operationText.ts';
import { newId } from '../../src/model/id.ts';
import type { FileRef, Operation } from '../../src/model/proposal.ts';
import { createRenaming } from '../../src/operations/rename.ts';
import { inFolder, move, moveBack } from '../../src/operations/moving.ts';
import { nameProblem } from '../../src/operations/names.ts';
import { createTestLog } from '../suggestions/fakeLog.ts';
import { proposal, suggestion } from '../suggestions/fakes.ts';
import { hostileNames, plainNames } from './hostile.ts';
import { createTestOperations, realFolder, watched } from './means.ts';

type Pair = readonly [FileRef, string];
const renaming = (...pairs: readonly Pair[]): Operation => ({
  kind: 'rename',
  files: pairs.map(([file, to]) => ({ file, to })),
});

function accepted(operation: Operation) {
  return suggestion('rename', 1000, {
    state: 'accepted',
    proposal: proposal('rename', { operation, proposer: 'pattern:renamed' }),
  });
}

/** Operations over real files. `run` accepts a rename and tells what became of it. */
function setup(files = watched()) {
  const { log } = createTestLog();
  const all = createTestOperations({ log, files });
  const run = async (...pairs: readonly Pair[]) => {
    const it = accepted(renaming(...pairs));
    await log.suggest(it);
    await all.operations.run(it);
    const audit = AuditEntry.parse((await log.audits()).rows[0]);
    return { it, audit, answer: await log.answerOf(it.id) };
  };
  return { ...all, ...files, log, run };
}

/** Every name below a folder with its content, links by what they point to. */
function tree(folder: string): Record<string, string> {
  const found: Record<string, string> = {};
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isFile()) found[path] = readFileSync(path, 'utf8');
    else found[path] = entry.isDirectory() ? '(folder)' : '(link)';
  }
  return found;
}

describe('a rename', () => {
  it('gives exactly the names that were previewed, says so, and gives the old ones back after a restart', async () => {
    const { run, put, folder, log, files } = setup();
    const before = tree(folder);
    const pairs: Pair[] = [
      [put('IMG 1.txt', 'one'), 'oslo-01.txt'],
      [put('IMG 2.txt', 'two'), 'oslo-02.txt'],
    ];
    const { it: done, audit, answer } = await run(...pairs);
    expect(readdirSync(folder).toSorted()).toEqual(['oslo-01.txt', 'oslo-02.txt']);
    expect(readFileSync(join(folder, 'oslo-01.txt'), 'utf8')).toBe('one');
    expect(audit).toMatchObject({ operation: 'rename', result: 'done', undoable: true });
    expect(audit.arguments).toBe(operationText(renaming(...pairs)));
    expect(answer).toMatchObject({ state: 'done', undoable: true, text: expect.stringContaining('2 files') });
    // Another program run: only the data folder and the log are the same.
    const again = createTestOperations({ log, files });
    await again.operations.resume();
    const undone = await again.operations.undo(done.id);
    expect(undone).toMatchObject({ operation: 'undo', result: 'done' });
    expect(Object.keys(before)).toHaveLength(0);
    expect(readdirSync(folder).toSorted()).toEqual(['IMG 1.txt', 'IMG 2.txt']);
    expect(await log.answerOf(done.id)).not.toHaveProperty('undoable');
    await expect(again.operations.undo(done.id)).rejects.toMatchObject({ code: 'refused' });
    expect(await again.journal.list()).toEqual([]);
  });

  it('refuses 300 hostile names and changes nothing: no escape, no overwrite', async () => {
    const { run, put, folder, place } = setup();
    const file = put('a note.txt', 'mine');
    writeFileSync(join(place, 'outside.txt'), 'theirs');
    const before = tree(place);
    const names = hostileNames();
    expect(new Set(names).size).toBe(names.length);
    expect(names.length).toBeGreaterThanOrEqual(300);
    const through: string[] = [];
    for (const name of names) {
      const { audit } = await run([file, name]);
      if (audit.result !== 'failed') through.push(JSON.stringify(name));
    }
    expect(through).toEqual([]);
    expect(tree(place)).toEqual(before);
    expect(readdirSync(folder)).toEqual(['a note.txt']);
  });

  it.each([1, 2])(
    'a disk that is full at write %i of the record leaves every file its old name',
    async (fails) => {
      const { finder, put, folder, journal } = setup();
      let writes = 0;
      const full = Object.assign(new Error('no space'), { code: 'ENOSPC' });
      const renames = createRenaming({
        finder,
        journal: {
          ...journal,
          write: (record) => (++writes === fails ? Promise.reject(full) : journal.write(record)),
        },
      });
      const operation = renaming([put('a.txt'), 'one.txt'], [put('b.txt'), 'two.txt']);
      if (operation.kind !== 'rename') throw new Error('no rename');
      const id = newId();
      const how = { at: 1, signal: new AbortController().signal, onDone: () => {} };
      const came = await renames.run(id, operation, how);
      expect(came).toMatchObject({ ended: { result: 'failed' }, undoable: false });
      expect(came.told).toContain('ENOSPC');
      expect(readdirSync(folder).toSorted()).toEqual(['a.txt', 'b.txt']);
      expect(await journal.list()).toEqual([]);
    },
  );

  it('is taken back on a full disk, too', async () => {
    const { run, finder, put, folder, journal } = setup();
    const { it: done } = await run([put('a.txt'), 'one.txt']);
    const full = () => Promise.reject(Object.assign(new Error('no space'), { code: 'ENOSPC' }));
    const came = await createRenaming({ finder, journal: { ...journal, write: full } }).undo(done.id);
    expect(came).toMatchObject({ ended: { result: 'done' }, undoable: false });
    expect(readdirSync(folder)).toEqual(['a.txt']);
    expect(await journal.list()).toEqual([]);
  });

  it.each(plainNames)('lets a name through that people give: %s', async (name) => {
    const { run, put, folder, operations } = setup();
    const { it: done, audit } = await run([put('a note.txt', 'mine'), name]);
    expect(audit).toMatchObject({ result: 'done' });
    expect(readdirSync(folder)).toEqual([name]);
    await operations.undo(done.id);
    expect(readdirSync(folder)).toEqual(['a note.txt']);
  });

  it('names that only Windows forbids are refused there', () => {
    for (const name of ['what?.txt', 'a<b.txt', '"a".txt', 'a|b.txt', 'a*.txt']) {
      expect(nameProblem('a.txt', name, 'win32')).toBe('holds a sign that Windows forbids');
      expect(nameProblem('a.txt', name, 'linux')).toBeNull();
    }
  });

  it('never overwrites: a taken name, by whatever it is taken, stops all of it', async () => {
    const { run, put, folder, place } = setup();
    const files = ['a.txt', 'b.txt', 'c.txt'].map((name) => put(name));
    const takers: readonly ((path: string) => void)[] = [
      (path) => writeFileSync(path, 'theirs'),
      (path) => mkdirSync(path),
      (path) => symlinkSync(join(place, 'nowhere'), path),
      (path) => symlinkSync(join(folder, 'a.txt'), path),
      (path) => linkSync(join(folder, 'a.txt'), path),
    ];
    for (const take of takers) {
      const target = join(folder, 'z-2.txt');
      take(target);
      const before = tree(folder);
      const { audit } = await run(...files.map((file, at): Pair => [file, `z-${at}.txt`]));
      expect(audit).toMatchObject({ result: 'failed', detail: expect.stringContaining('already') });
      expect(tree(folder)).toEqual(before);
      rmSync(target, { recursive: true });
    }
  });

  it.each<[string, (files: readonly FileRef[]) => readonly Pair[], string]>([
    [
      'two files to one name',
      ([a, b]) => [
        [a!, 'x.txt'],
        [b!, 'x.txt'],
      ],
      'Two files',
    ],
    [
      'names that differ by case alone',
      ([a, b]) => [
        [a!, 'X.txt'],
        [b!, 'x.txt'],
      ],
      'Two files',
    ],
    [
      'names that differ by how an accent is written',
      ([a, b]) => [
        [a!, 'é.txt'],
        [b!, 'é.txt'],
      ],
      'Two files',
    ],
    [
      'the same file twice',
      ([a]) => [
        [a!, 'x.txt'],
        [a!, 'y.txt'],
      ],
      'named twice',
    ],
    [
      'a swap',
      ([a, b]) => [
        [a!, 'b.txt'],
        [b!, 'a.txt'],
      ],
      'another of these files',
    ],
    [
      'a chain',
      ([a, b]) => [
        [a!, 'b.txt'],
        [b!, 'c.txt'],
      ],
      'another of these files',
    ],
    ['its own name', ([a]) => [[a!, 'a.txt']], 'already'],
  ])('refuses %s', async (_, pairs, words) => {
    const { run, put, folder } = setup();
    const before = [put('a.txt'), put('b.txt')];
    const { audit } = await run(...pairs(before));
    expect(audit).toMatchObject({ result: 'failed', detail: expect.stringContaining(words) });
    expect(readdirSync(folder).toSorted()).toEqual(['a.txt', 'b.txt']);
  });

  it('refuses every layout that leads out of the watched folders', async () => {
    const { run, put, folder, place, places, refTo } = setup();
    const outside = join(place, 'outside');
    mkdirSync(outside);
    writeFileSync(join(outside, 'secret.txt'), 'theirs');
    writeFileSync(join(outside, 'near.txt'), 'theirs');
    mkdirSync(`${folder}-evil`);
    writeFileSync(join(`${folder}-evil`, 'twin.txt'), 'theirs');
    symlinkSync(outside, join(folder, 'way out'));
    symlinkSync(join(outside, 'secret.txt'), join(folder, 'leaf.txt'));
    symlinkSync('leaf.txt', join(folder, 'leaf of leaf.txt'));
    symlinkSync('loop.txt', join(folder, 'loop.txt'));
    mkdirSync(join(folder, 'dir.txt'));
    const before = tree(place);
    const refs: FileRef[] = [
      refTo('secret.txt', { at: 'way out' }),
      refTo('leaf.txt'),
      refTo('leaf of leaf.txt'),
      refTo('loop.txt'),
      refTo('dir.txt'),
      refTo('near.txt', { at: '../outside' }),
      refTo('twin.txt', { at: '../Papers-evil' }),
      refTo('gone.txt'),
      refTo('secret.txt', { told: false }),
      { event: '00000000-0000-7000-8000-000000000000', name: 'secret.txt' },
      refTo('../outside/near.txt', { told: false }),
      refTo('way out/secret.txt', { told: false }),
    ];
    places.note(refs[0]!.event, join(outside, 'secret.txt'));
    for (const ref of refs) {
      const { audit } = await run([ref, 'x.txt']);
      expect([ref.name, audit.result]).toEqual([ref.name, 'failed']);
      expect(audit.detail).not.toContain(place);
    }
    expect(tree(place)).toEqual(before);
    const { audit } = await run([put('hush money.txt'), 'x.txt']);
    expect(audit.detail).toContain('excluded');
  });

  it('shows one name and renames another? Never: the name of the card must be that of the file', async () => {
    const { run, put, folder } = setup();
    const { event } = put('real.txt');
    const { audit } = await run([{ event, name: 'shown.txt' }, 'x.txt']);
    expect(audit).toMatchObject({ result: 'failed' });
    expect(readdirSync(folder)).toEqual(['real.txt']);
  });

  it('is all or nothing: a name that is taken on the way takes everything back', async () => {
    const { put, folder, finder, journal } = setup();
    const operation = renaming([put('a.txt'), 'x.txt'], [put('b.txt'), 'y.txt']);
    if (operation.kind !== 'rename') throw new Error('no rename');
    const onDone = () => writeFileSync(join(folder, 'y.txt'), 'theirs');
    const signal = new AbortController().signal;
    const id = '00000000-0000-7000-8000-000000000001';
    const came = await createRenaming({ finder, journal }).run(id, operation, { at: 1, signal, onDone });
    expect(came.told).toBe('“b.txt”: there is a “y.txt” already. Nothing was renamed.');
    expect(came.undoable).toBe(false);
    expect(tree(folder)).toEqual({
      [join(folder, 'a.txt')]: 'a.txt',
      [join(folder, 'b.txt')]: 'b.txt',
      [join(folder, 'y.txt')]: 'theirs',
    });
    expect(await journal.list()).toEqual([]);
  });

  it('keeps its records for nobody else, beside names that are as long as they may be', async () => {
    const { run, put, folder, place } = setup();
    mkdirSync(join(folder, 'sub'));
    const files = [put('a.txt'), put('b.txt')];
    const { audit } = await run([files[0]!, 'x.txt'], [files[1]!, `${'x'.repeat(251)}.txt`]);
    expect(audit.result).toBe('done');
    expect(readdirSync(place).toSorted()).toEqual(['Papers', 'renames']);
    expect(statSync(join(place, 'renames')).mode & 0o777).toBe(0o700);
    for (const file of readdirSync(join(place, 'renames'))) {
      expect(statSync(join(place, 'renames', file)).mode & 0o777).toBe(0o600);
    }
  });

  it('an undo goes file by file and says what has taken an old name', async () => {
    const { run, put, folder, operations, log } = setup();
    const { it: done } = await run([put('a.txt', 'one'), 'x.txt'], [put('b.txt', 'two'), 'y.txt']);
    writeFileSync(join(folder, 'a.txt'), 'new');
    const half = await operations.undo(done.id);
    expect(half).toMatchObject({ result: 'failed', undoable: true });
    expect(half.detail).toContain('“x.txt” could not go back: there is a “a.txt” already');
    expect(tree(folder)).toEqual({
      [join(folder, 'a.txt')]: 'new',
      [join(folder, 'x.txt')]: 'one',
      [join(folder, 'b.txt')]: 'two',
    });
    expect(await log.answerOf(done.id)).toMatchObject({ state: 'failed', undoable: true });
    rmSync(join(folder, 'a.txt'));
    expect(await operations.undo(done.id)).toMatchObject({ result: 'done' });
    expect(readdirSync(folder).toSorted()).toEqual(['a.txt', 'b.txt']);
  });

  it('a file that was saved anew under its new name goes back as it is now', async () => {
    const { run, put, folder, operations } = setup();
    const { it: done } = await run([put('a.txt', 'one'), 'x.txt']);
    writeFileSync(join(folder, 'next'), 'edited');
    renameSync(join(folder, 'next'), join(folder, 'x.txt'));
    expect(await operations.undo(done.id)).toMatchObject({ result: 'done' });
    expect(tree(folder)).toEqual({ [join(folder, 'a.txt')]: 'edited' });
  });

  it('forgetting the suggestion removes its record and with it the undo', async () => {
    const { run, put, operations, log, journal } = setup();
    const { it: done } = await run([put('a.txt'), 'x.txt']);
    expect(await journal.list()).toEqual([done.id]);
    await log.forget({ suggestion: done.id });
    await operations.forgotten();
    expect(await journal.list()).toEqual([]);
    await expect(operations.undo(done.id)).rejects.toMatchObject({ code: 'not-found' });
  });
});

it('an undo that is asked for while it is still being written down waits for that, and two are one after another', async () => {
  const { put, folder, operations, log } = setup();
  const it = accepted(renaming([put('a.txt'), 'x.txt']));
  await log.suggest(it);
  const running = operations.run(it);
  const undone = await Promise.allSettled([operations.undo(it.id), operations.undo(it.id)]);
  await running;
  expect(undone.map((each) => each.status).toSorted()).toEqual(['fulfilled', 'rejected']);
  expect(readdirSync(folder)).toEqual(['a.txt']);
  expect((await log.audits()).rows.map((row) => row.operation)).toEqual(['undo', 'rename']);
});

describe('a move against a race', () => {
  const entry = (inode: string) => ({ from: 'a.txt', to: 'b.txt', spare: '.spare', inode });
  const inodeOf = (path: string) => String(statSync(path, { bigint: true }).ino);

  it('a folder that is swapped for a link while it is held leads nowhere else', async () => {
    const place = realFolder();
    const [mine, theirs] = [join(place, 'mine'), join(place, 'theirs')];
    for (const each of [mine, theirs]) {
      mkdirSync(each);
      writeFileSync(join(each, 'a.txt'), each);
    }
    const moved = await inFolder(mine, async (held) => {
      renameSync(mine, join(place, 'away'));
      symlinkSync(theirs, mine);
      return move(held, entry(inodeOf(join(place, 'away', 'a.txt'))));
    });
    expect(moved).toBe('moved');
    expect(readdirSync(theirs)).toEqual(['a.txt']);
    expect(readdirSync(join(place, 'away'))).toEqual(['b.txt']);
    await expect(inFolder(mine, async () => {})).rejects.toMatchObject({ code: 'refused' });
  });

  it('a parent that became a link is refused, since the folder is another one then', async () => {
    const place = realFolder();
    mkdirSync(join(place, 'real', 'sub'), { recursive: true });
    symlinkSync(join(place, 'real'), join(place, 'link'));
    await expect(inFolder(join(place, 'link', 'sub'), async () => {})).rejects.toMatchObject({
      code: 'refused',
    });
  });

  it.each<[string, (path: string) => void]>([
    ['another file', (path) => writeFileSync(path, 'theirs')],
    ['a link', (path) => symlinkSync('/etc/hostname', path)],
    ['a folder', (path) => mkdirSync(path)],
  ])('a file whose place %s has taken is left alone', async (_, put) => {
    const place = realFolder();
    const path = join(place, 'a.txt');
    writeFileSync(path, 'mine');
    const inode = inodeOf(path);
    renameSync(path, join(place, 'kept.txt'));
    put(path);
    const before = tree(place);
    expect(await inFolder(place, (held) => move(held, entry(inode)))).toBe('changed');
    expect(tree(place)).toEqual(before);
  });

  it('is taken back from every point at which it can be cut off', async () => {
    const cuts: readonly [string, (place: string) => void][] = [
      ['nothing done', () => {}],
      ['both names', (place) => linkSync(join(place, 'a.txt'), join(place, 'b.txt'))],
      [
        'old one on its way',
        (place) => {
          linkSync(join(place, 'a.txt'), join(place, 'b.txt'));
          renameSync(join(place, 'a.txt'), join(place, '.spare'));
        },
      ],
      ['done', (place) => renameSync(join(place, 'a.txt'), join(place, 'b.txt'))],
      ['undo: both names', (place) => linkSync(join(place, 'a.txt'), join(place, 'b.txt'))],
      ['undo: new one on its way', (place) => linkSync(join(place, 'a.txt'), join(place, '.spare'))],
      ['only the spare name', (place) => renameSync(join(place, 'a.txt'), join(place, '.spare'))],
    ];
    for (const [what, cut] of cuts) {
      const place = realFolder();
      writeFileSync(join(place, 'a.txt'), 'mine');
      const inode = inodeOf(join(place, 'a.txt'));
      cut(place);
      expect([what, await inFolder(place, (held) => moveBack(held, entry(inode)))]).toEqual([what, 'moved']);
      expect([what, tree(place)]).toEqual([what, { [join(place, 'a.txt')]: 'mine' }]);
    }
  });

  it('loses and overwrites nothing while another process swaps files, links and folders under it', async () => {
    const { run, put, folder, place, operations } = setup();
    const outside = join(place, 'outside');
    mkdirSync(outside);
    writeFileSync(join(outside, 'precious.txt'), 'theirs');
    const aside = join(place, 'aside');
    mkdirSync(aside);
    const swapper = fork(fileURLToPath(new URL('swapChild.ts', import.meta.url)), [folder, outside, aside]);
    const heard = () => new Promise<unknown>((resolve) => swapper.once('message', resolve));
    await heard();
    const results = new Map<string, number>();
    const rounds = 80;
    for (let round = 0; round < rounds; round += 1) {
      const { it: ran, audit } = await run([put(`note ${round}.txt`, `mine ${round}`), `new ${round}.txt`]);
      results.set(audit.result, (results.get(audit.result) ?? 0) + 1);
      if (audit.undoable && round % 2 === 0) await operations.undo(ran.id);
    }
    const stopped = heard();
    swapper.send('stop');
    const written = (await stopped) as string[];
    const texts = new Set(Object.values(tree(place)));
    expect(
      Array.from({ length: rounds }, (_, at) => `mine ${at}`).filter((each) => !texts.has(each)),
    ).toEqual([]);
    expect(written.length).toBeGreaterThan(0);
    expect(written.filter((each) => !texts.has(each))).toEqual([]);
    expect(tree(outside)).toEqual({ [join(outside, 'precious.txt')]: 'theirs' });
    expect([...results.values()].reduce((sum, each) => sum + each, 0)).toBe(rounds);
    expect(results.get('done')).toBeGreaterThan(0);
  });
});

it('a kill at any moment leaves every file with its old name after the next start', async () => {
  const { log, files, folder, journal, put } = setup();
  const names = Array.from({ length: 40 }, (_, at) => `f${at}.txt`);
  const pairs = names.map((name): Pair => [put(name, name), `renamed ${name}`]);
  const it = accepted(renaming(...pairs));
  await log.suggest(it);
  let cut = 0;
  for (let round = 0; round < 12; round += 1) {
    const child = fork(fileURLToPath(new URL('renameChild.ts', import.meta.url)), [
      files.place,
      JSON.stringify({ id: it.id, names }),
      String(round * 3),
    ]);
    await new Promise((resolve) => child.once('exit', resolve));
    if ((await journal.read(it.id))?.state === 'begun') cut += 1;
    const again = createTestOperations({ log, files });
    await again.operations.resume();
    const record = await journal.read(it.id);
    if (record) await again.operations.undo(it.id);
    expect(tree(folder)).toEqual(Object.fromEntries(names.map((name) => [join(folder, name), name])));
    expect(existsSync(join(files.place, 'renames', `${it.id}.json`))).toBe(false);
  }
  expect(cut).toBeGreaterThan(3);
  const { rows } = await log.audits();
  expect(rows.some((row) => row.operation === 'rename' && row.result === 'stopped')).toBe(true);
});
