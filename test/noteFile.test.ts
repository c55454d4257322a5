import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { notedSpawn, openNotes } from '../src/app/notes.ts';
import { cleanNote, createNoteFile } from '../src/noteFile.ts';
import type { Child } from '../src/model/ports.ts';

const home = mkdtempSync(join(tmpdir(), 'notes-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));
const read = (folder: string) =>
  readdirSync(folder)
    .sort()
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .join('');

/** Words that no line may keep, and every way they reach one. */
const CANARY = 'zanzibar quokka';
const WAYS = [
  `[log] the file “${CANARY}” is gone`,
  `[log] the file "${CANARY}" is "odd"`,
  `[log] a title with a "mark" inside: "the "${CANARY}" plan"`,
  `[app] Unexpected token 'z', "${CANARY} is my ti"... is not valid JSON`,
  `[app] ENOENT: no such file or directory, open '/home/x/${CANARY}.md'`,
  `[operations] the disk of /home/x/My ${CANARY} (final): v2.md is full`,
  `[operations] C:\\Users\\x\\${CANARY}\\plan.md cannot be written`,
  `[operations] file:///home/x/${CANARY} cannot be read`,
  `[operations] ~/${CANARY}/plan.md cannot be read`,
  `[mcp] https://example.org/?q=${CANARY.replace(' ', '+')}&zanzibar failed`,
  `[study] The study “${CANARY}” is over`,
  `[app] an opening “ and ${CANARY} to the end`,
  `[app] '${CANARY}' is not what's meant`,
  `[app] first\n"${CANARY}"\u2028second`,
  `[models] ${join(homedir(), CANARY)} is no model`,
];

it.each(WAYS)('keeps the sentence and loses what is somebody’s: %s', (line) => {
  const kept = cleanNote(line, (text) => text);
  expect(kept).not.toMatch(/zanzibar|quokka/);
  expect(kept).toMatch(/^\[\w+\] /);
  expect(kept).not.toMatch(/[\n\u2028]/);
});

it('keeps what helps: the speaker, the words before, the system’s code, our own folder', () => {
  const same = (text: string) => text;
  expect(cleanNote('[app] open /home/x/a b.md failed (EACCES)', same)).toBe('[app] open [PATH] EACCES');
  expect(cleanNote('[llm] the process ended with code 3', same)).toBe('[llm] the process ended with code 3');
  expect(cleanNote('[log] /data/own/log.db is damaged', same, '/data/own/logs')).toBe('[log] <data>[PATH]');
  expect(cleanNote('[tray] read and/or write, 24/7', same)).toBe('[tray] read and/or write, 24/7');
});

it('redacts with the program’s own redactor, and writes 0600 into 0700', async () => {
  const folder = join(home, 'own');
  const notes = openNotes({ logs: folder });
  const secrets = ['ghp_16C7e42F292c6912E7710c838347Ae178B4a', 'jane.doe@example.org', '4111 1111 1111 1111'];
  for (const secret of secrets) notes.write('core', `[app] refused for ${secret} just now`);
  for (const way of WAYS) for (const from of ['core', 'llm', 'main'] as const) notes.write(from, way);
  await notes.close();
  const text = read(folder);
  for (const secret of [...secrets, 'zanzibar', 'quokka']) expect(text).not.toContain(secret);
  const lines = text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { from: string; msg: string });
  expect(lines).toHaveLength(secrets.length + 3 * WAYS.length);
  expect(new Set(lines.map(({ from }) => from))).toEqual(new Set(['core', 'llm', 'main']));
  expect(Object.keys(lines[0] ?? {}).sort()).toEqual(['from', 'level', 'msg', 'time']);
  expect(statSync(folder).mode & 0o777).toBe(0o700);
  for (const name of readdirSync(folder)) expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600);
});

it('turns over by size and keeps five files, also over restarts', async () => {
  const folder = join(home, 'turning');
  for (let run = 0; run < 3; run++) {
    const notes = createNoteFile({ folder, redact: (text) => text, size: '2k' });
    for (let n = 0; n < 120; n++) {
      notes.write('core', `[app] run ${run} line ${n} ${'words '.repeat(12)}`);
      if (n % 20 === 19) await new Promise((resolve) => setTimeout(resolve, 10));
    }
    await notes.close();
  }
  const sizes = readdirSync(folder).map((name) => statSync(join(folder, name)).size);
  expect(sizes.length).toBeGreaterThan(1);
  expect(sizes.length).toBeLessThanOrEqual(6);
  expect(read(folder)).toContain('run 2 line 119');
});

it('is silent and harmless where nothing can be written', async () => {
  writeFileSync(join(home, 'taken'), 'a file where the folder should be');
  const notes = createNoteFile({ folder: join(home, 'taken', 'logs'), redact: (text) => text });
  notes.write('core', '[app] x');
  await notes.close();
});

it('notes the end of a child that nobody asked for, and nothing it said', () => {
  const lines: string[] = [];
  const exits: ((code: number | null, signal: string | null) => void)[] = [];
  const child: Child = {
    pid: 1,
    send() {},
    onMessage() {},
    onExit: (listener) => void exits.push(listener),
    kill() {},
  };
  const spawn = notedSpawn(() => child, { write: (from, line) => void lines.push(`${from} ${line}`) });
  spawn('llm');
  exits[0]?.(null, 'SIGSEGV');
  exits[0]?.(0, null);
  const killed = spawn('keys');
  killed.kill();
  exits[1]?.(null, 'SIGTERM');
  expect(lines).toEqual(['llm [llm] the process was ended by SIGSEGV']);
});
