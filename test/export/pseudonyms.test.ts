import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runExport } from '../../src/export/export.ts';
import { FORMATS } from '../../src/model/exporting.ts';
import { createPseudonymBook, type Known } from '../../src/export/pseudonyms/book.ts';
import { feedbackOf } from '../../src/feedback/feedback.ts';
import { createMemoryLog } from '../../src/log/memory.ts';
import { newId } from '../../src/model/id.ts';
import { findAll } from '../../src/privacy/find.ts';
import { proposal, seen, suggestion } from '../suggestions/fakes.ts';
import { exportOptions } from './fakes.ts';

const findSecrets = (text: string) => findAll(text, {});

/** Texts with everything found in all of them replaced. */
function replaced(texts: readonly string[], known: Known = {}, key?: Buffer): string[] {
  const book = createPseudonymBook({ known, findSecrets, ...(key && { key }) });
  for (const text of texts) book.take(text);
  const pseudonyms = book.seal();
  return texts.map((text) => pseudonyms.replace(text));
}
/** Placeholders without their numbers, which are drawn. */
const shape = (text: string) =>
  text.replace(/(?<=(?:word|user|machine|person|host|file|folder|page)-)\d+/g, 'N');
const shapes = (texts: readonly string[], known: Known = {}) => replaced(texts, known).map(shape);

describe('what is replaced keeps its form', () => {
  it.each([
    ['/home/marlene/falcon/draft_v2.tex', '/home/user-N/folder-N/file-N.tex'],
    ['~/falcon/src/main.ts', '~/folder-N/src/main.ts'],
    ['C:\\Users\\marlene\\falcon\\q3_plan.tar.gz', 'C:\\Users\\user-N\\folder-N\\file-N.tar.gz'],
    ['\\\\vaultbox\\falcon\\q3_plan.docx', '\\\\machine-N\\folder-N\\file-N.docx'],
    ['falcon/lib/q3_plan.py', 'folder-N/lib/file-N.py'],
    ['"C:\\\\Users\\\\marlene\\\\falcon"', '"C:\\\\Users\\\\user-N\\\\folder-N"'],
    ['file:///home/marlene/my%20falcon/q3_plan.pdf', 'file:///home/user-N/folder-N/file-N.pdf'],
    ['git clone git@github.com:falconworks/core-api.git', 'git clone git@host-N.example:page-N/page-N'],
    ['github.com/falconworks/core-api.', 'host-N.example/page-N/page-N.'],
    ['"Marlene Okafor" <m.o@falconworks.io>', '"person-N" <person-N@host-N.example>'],
    [
      "opened '/home/marlene/My Falcon Papers/q3 plan.pdf' today",
      "opened '/home/user-N/folder-N/file-N.pdf' today",
    ],
    [
      'see https://wiki.falconworks.io/a1b2/launch-plan.html?q=x1#top.',
      'see https://host-N.example/page-N/page-N?page-N.',
    ],
    ['mail marlene.okafor@falconworks.io now', 'mail person-N@host-N.example now'],
    ['marlene@thinkbox:~/falcon$ make', 'user-N@machine-N:~/folder-N$ make'],
    [
      "The user saved the file 'q3_plan.xlsx' in 'falcon'.",
      "The user saved the file 'file-N.xlsx' in 'folder-N'.",
    ],
    [
      "The user is working on the file 'router.ts' in the project 'falcon'.",
      "The user is working on the file 'router.ts' in the project 'folder-N'.",
    ],
    ["The user is chatting in 'Priya Raman' in Slack.", "The user is chatting in 'person-N' in Slack."],
    [
      'Dear Dr. Okafor, the server 10.20.30.40 is down',
      'Dear Dr. person-N, the server host-N.example is down',
    ],
    ['the address 192.0.2.7 and card 4111 1111 1111 1111', 'the address host-N.example and card [CARD_1]'],
  ])('%s', (before, after) => {
    expect(shape(replaced([before])[0]!)).toBe(after);
  });

  it.each([
    "The user searched the web for 'map of undefined' in Chromium.",
    'The user is reading the README.md of src/index.ts and/or tests/main.py.',
    'TypeError: cannot read properties of undefined (reading row.id) at 12:30, 3.5 km, v1.2.3',
    "The user copied 12 words of text in Terminal: 'npm run build'.",
    'Look up [EMAIL_1] in person-2@host-3.example and /home/user-1/folder-2/file-3.pdf',
    'A will may mark the page, and Mark may not.',
  ])('left as it is: %s', (text) => {
    expect(replaced([text])).toEqual([text]);
  });

  it('a value found late is replaced early, in any case and in both normal forms', () => {
    const [early, late] = shapes(['about Falconry\u0065\u0301 and FALCONRYÉ', '~/falconryé/x']);
    expect(early).toBe('about folder-N and folder-N');
    expect(late).toBe('~/folder-N/x');
  });

  it('who uses the machine, by every part of the name, and words that the person names', () => {
    const known = {
      user: 'marlene',
      fullName: 'Marlene Okafor',
      machine: 'thinkbox.lan',
      words: ['Blue Heron'],
    };
    expect(
      shapes(
        ['marlene wrote to Okafor on THINKBOX about blue heron; backup-marlene2 for Marlene Okafor'],
        known,
      ),
    ).toEqual(['user-N wrote to person-N on machine-N about word-N; backup-user-N_2 for person-N']);
  });

  it('a name is found under signs that show nothing, and by each part of a double name', () => {
    const known = { user: 'marlene', fullName: 'Marlene Okafor-Raman', words: ['heron'] };
    expect(
      shapes(
        ['mar\u200blene, \ufeffmar\u00adlene, her\u2060on, Raman; ~/fal\u00adcon, falcon', '👩\u200d💻'],
        known,
      ),
    ).toEqual(['user-N, user-N, word-N, person-N; ~/folder-N, folder-N', '👩\u200d💻']);
  });

  it('a name that is a word of the language is replaced in its place only', () => {
    expect(shapes(['/home/will/falcon', 'he will go'], { user: 'will' })).toEqual([
      '/home/user-N/folder-N',
      'he will go',
    ]);
  });

  it('one thing has one placeholder: a file with two endings, a person with an address', () => {
    const [paths, mail] = replaced([
      '~/a1/q3_plan.tex and ~/a1/q3_plan.pdf',
      'ada.lovelace@falconworks.io, that is Ada Lovelace',
    ]);
    expect(paths).toMatch(/^~\/a1\/(file-\d+)\.tex and ~\/a1\/\1\.pdf$/);
    expect(mail).toMatch(/^(person-\d+)@host-\d+\.example, that is \1$/);
  });

  it('numbers follow a key that is drawn each time', () => {
    const texts = Array.from({ length: 30 }, (_, n) => `host${n}.falconworks.io`);
    expect(replaced(texts)).not.toEqual(replaced(texts));
    expect(new Set(replaced(texts)).size).toBe(30);
    const key = Buffer.alloc(32, 1);
    expect(replaced(texts, {}, key)).toEqual(replaced(texts, {}, key));
  });

  it('ids are others, of the same form', () => {
    const id = newId(1);
    const [one, two] = [createPseudonymBook().seal(), createPseudonymBook().seal()];
    expect(one.id(id)).toBe(one.id(id));
    expect(one.id(id)).not.toBe(two.id(id));
    expect(one.id(id)).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/);
  });
});

/** A name that no list of words holds. */
const name = fc.stringMatching(/^zq[a-z]{4,8}$/);
const capital = (text: string) => text[0]!.toUpperCase() + text.slice(1);
const ending = fc.constantFrom('tex', 'pdf', 'py', 'xlsx', 'tar.gz');
const world = fc.record({
  user: name,
  machine: name,
  first: name,
  last: name,
  other: name,
  friend: fc.tuple(name, name),
  folder: name,
  project: name,
  stem: name.map((text) => `${text}_2`),
  ending,
  host: fc.tuple(name, name, fc.constantFrom('com', 'io', 'co.uk', 'de')).map((parts) => parts.join('.')),
  word: name,
});
type World = typeof world extends fc.Arbitrary<infer T> ? T : never;

/** Everything that must not be found, however it is written. */
function secretsOf({
  user,
  machine,
  first,
  last,
  other,
  friend,
  folder,
  project,
  stem,
  host,
  word,
}: World): string[] {
  return [user, machine, first, last, other, ...friend, folder, project, stem, host, word];
}

/** Sentences that name everything in its place, and others that only mention it. */
function sentencesOf(each: World): string[] {
  const { user, machine, first, last, other, folder, project, stem, host, word } = each;
  const [friend, family] = each.friend.map(capital);
  const file = `${stem}.${each.ending}`;
  return [
    `The user saved the file '${file}' in '${folder}'.`,
    `The user switched to 'Code', working on the file 'main.py' in the project '${project}'.`,
    `The user copied 3 words of text: 'cp /home/${other}/${folder}/${file} ~/${project}/${file}'.`,
    `The user copied C:\\Users\\${other}\\${folder}\\${file} and "\\\\${machine}\\${folder}".`,
    `The user is reading 'https://${user}@${host}/${folder}-1/${stem}?q=${word}' in Chromium.`,
    `The user wrote to ${each.friend.join('.')}@${host}, cc ${friend} ${family} <${each.friend[0]}@${host}>`,
    `The user switched to 'Terminal', working in the terminal at '${user}@${machine}: ~/${project}'.`,
    `About ${folder}, ${project.toUpperCase()}, ${stem} and ${host}; ${capital(first)} ${capital(last)} said ${word}.`,
    `${user} on ${machine}: ${friend} and ${family}; (${file}) "${folder}" ${project}_old -${folder}-`,
  ];
}

describe('properties', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'beforehand-names-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const knownOf = ({ user, machine, first, last, word }: World): Known => ({
    user,
    machine,
    fullName: `${capital(first)} ${capital(last)}`,
    words: [word],
  });

  it('no value survives in any file of any format', { timeout: 120_000 }, async () => {
    let run = 0;
    await fc.assert(
      fc.asyncProperty(
        world,
        fc.shuffledSubarray([0, 1, 2, 3, 4, 5, 6, 7, 8], { minLength: 9 }),
        async (each, order) => {
          const log = createMemoryLog({ now: () => 1 });
          const all = sentencesOf(each);
          for (const [at, number] of order.entries()) {
            const sentence = all[number]!;
            const made = suggestion('x', 1000 + at, {
              seen: [seen(sentence, 'Code', 1000)],
              proposal: proposal('x', {
                task: `Go on: ${all[8]!.slice(0, 200)}`,
                message: sentence,
                operation: { kind: 'chat', instruction: sentence },
              }),
            });
            const label = at % 2 === 0 ? 'accepted' : 'rejected';
            await log.feedback(
              feedbackOf(made, label, {
                at: 2000 + at,
                via: 'card',
                ...(label === 'rejected' && { reason: 'not-needed' }),
              }),
            );
            await log.append([
              {
                id: newId(at),
                at,
                duration: 0,
                monitor: 'w',
                app: 'firefox',
                kind: 'window',
                data: { title: sentence, page: `https://${each.host}/${each.folder}?u=${each.user}` },
              },
              {
                id: newId(at),
                at,
                duration: 0,
                monitor: 'f',
                kind: 'file',
                data: {
                  action: 'renamed',
                  name: `${each.stem}.${each.ending}`,
                  from: each.project,
                  folder: each.folder,
                  type: 'x',
                  size: 1,
                  binary: false,
                },
              },
              {
                id: newId(at),
                at,
                duration: 0,
                monitor: 'e',
                app: 'code',
                kind: 'editor',
                data: { file: `${each.stem}.py`, project: each.project },
              },
            ]);
          }
          const out = join(folder, String((run += 1)));
          await runExport({
            ...exportOptions(log, FORMATS),
            names: { known: knownOf(each), findSecrets },
            out,
            consent: 'yes',
          });
          for (const file of readdirSync(out)) {
            const raw = readFileSync(join(out, file), 'utf8').toLowerCase();
            for (const secret of secretsOf(each)) {
              const at = raw.indexOf(secret);
              if (at >= 0)
                throw new Error(`${file} holds ${secret}: ${raw.slice(Math.max(0, at - 80), at + 80)}`);
            }
          }
          rmSync(out, { recursive: true });
        },
      ),
      { numRuns: 40 },
    );
  });

  it('one value, one placeholder; and replacing again changes nothing', () => {
    fc.assert(
      fc.property(world, (each) => {
        const texts = sentencesOf(each);
        const book = createPseudonymBook({ known: knownOf(each), findSecrets });
        for (const text of texts) book.take(text);
        const pseudonyms = book.seal();
        const names = new Map<string, string>();
        const once = texts.map((text) =>
          pseudonyms.replace(text, ({ from, to }) => {
            const key = from.toLowerCase();
            expect(names.get(key) ?? to, from).toBe(to);
            names.set(key, to);
          }),
        );
        expect(once.map((text) => pseudonyms.replace(text))).toEqual(once);
        expect(replaced(once, knownOf(each))).toEqual(once);
      }),
      { numRuns: 150 },
    );
  });

  it('any text is read without harm, and twice is once', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        ...'/\\~.:@\'"?#=-_ \n',
        'https://',
        'home',
        'C:',
        'file-1',
        'host-2.example',
        '[KEY_1]',
        "the file '",
        "' in '",
      ),
      name,
      fc.string({ unit: 'binary', maxLength: 6 }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 24 }), (parts) => {
        const text = parts.join('').toWellFormed();
        const once = replaced([text]);
        expect(replaced(once)).toEqual(once);
      }),
      {
        numRuns: 1000,
        // Seen once: a scheme taken for the machine of a shell's prompt.
        examples: [[['zqaaaa', '@', 'zqaaaaa', 'zqaaaaaaaa', 'https://', 'zqaaab']]],
      },
    );
  });

  it('a long hostile text takes no time that counts', () => {
    for (const sign of [
      '/',
      '\\',
      'a/',
      'a.',
      'A ',
      "'",
      '@',
      'a@',
      '//',
      'https://a',
      'Dr. A',
      '.a-',
      'x=/',
      'a@b.cd:',
      'file://',
      'a.com/',
      'a@a.com:a/',
      'C:\\\\',
    ]) {
      const text = sign.repeat(Math.ceil(20_000 / sign.length));
      expect(typeof replaced([text])[0]).toBe('string');
    }
  });
});
