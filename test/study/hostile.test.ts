import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseStudyFile, readStudyFile } from '../../src/study/read.ts';
import { folder } from '../app/platform.ts';
import { cli } from '../desktop/core.ts';
import { exampleFile } from './file.ts';

const place = () => {
  const home = folder();
  const at = (name: string) => join(home, name);
  return { home, at };
};

describe('study files', () => {
  it('too large, no plain file, no UTF-8, no JSON: one sentence each that names the file', async () => {
    const { at } = place();
    writeFileSync(at('huge.json'), `{"study":1,"consent":"${'x'.repeat(300_000)}"}`);
    writeFileSync(at('latin.json'), Buffer.from([0x7b, 0x22, 0xe9, 0x22, 0x7d]));
    writeFileSync(at('cut.json'), JSON.stringify(exampleFile(), null, 2).slice(0, 700));
    mkdirSync(at('folder.json'));
    execFileSync('mkfifo', [at('pipe.json')]);
    symlinkSync('/dev/zero', at('endless.json'));
    for (const [name, code, words] of [
      ['huge.json', 'bad-input', /larger than 256 kB/],
      ['latin.json', 'bad-input', /not written in UTF-8/],
      ['cut.json', 'bad-input', /is no JSON \(line \d+\)/],
      ['folder.json', 'unreadable', /is no plain file/],
      ['pipe.json', 'unreadable', /is no plain file/],
      ['endless.json', 'unreadable', /is no plain file/],
      ['nowhere.json', 'unreadable', /cannot be read \(ENOENT\)/],
    ] as const) {
      const refused = await readStudyFile(at(name)).catch((thrown: Error & { code: string }) => thrown);
      expect([name, refused]).toMatchObject([name, { code, message: expect.stringMatching(words) }]);
      expect((refused as Error).message).toContain(at(name));
    }
  });

  it.each<[string, (text: string) => string]>([
    ['an unknown field', (text) => text.replace('"title"', '"\\u001b]0;owned\\u0007": 1, "title"')],
    ['a prototype', (text) => text.replace('"title"', '"__proto__": {"x": 1}, "title"')],
    ['a command in the consent', (text) => text.replace('You are asked', 'You \\u001b[2J are asked')],
    ['a command as C1 byte', (text) => text.replace('You are asked', 'You \\u009b2J are asked')],
    ['a command in a choice', (text) => text.replace('looking for', 'look\\u001b[8m')],
    ['a command in the id', (text) => text.replace('gate-2026"', 'gate\\u001b[2026"')],
  ])('%s is refused, and does not reach the terminal', (_, change) => {
    const text = change(JSON.stringify(exampleFile()));
    let said = '';
    try {
      parseStudyFile(text, 'study.json');
    } catch (thrown) {
      said = (thrown as Error).message;
    }
    expect(said).toMatch(/^\[study\] study\.json is no study that can be applied/);
    expect(said).not.toMatch(/\p{Cc}/u);
  });

  it('a consent of many paragraphs is at most as long as one that can be kept', () => {
    const consent = (count: number) => Array.from({ length: count }, () => 'some words '.repeat(500));
    const text = (count: number) => JSON.stringify({ ...exampleFile(), consent: consent(count) });
    const taken = parseStudyFile(text(3), 'a.json');
    expect(parseStudyFile(JSON.stringify(taken), 'kept.json')).toEqual(taken);
    expect(() => parseStudyFile(text(4), 'a.json')).toThrow(/a\.json is no study.*“consent”/);
  });

  it('through the command line: exit 1, nothing on stdout, no control character, no settings written', async () => {
    const { home, at } = place();
    const env = { PATH: process.env['PATH'], HOME: home, BEFOREHAND_HOME: at('data'), XDG_RUNTIME_DIR: home };
    writeFileSync(at('a.json'), JSON.stringify({ ...exampleFile(), title: 'x\u001b[31m' }));
    writeFileSync(at('b.json'), JSON.stringify({ ...exampleFile(), excludedApps: [] }));
    for (const name of ['a.json', 'b.json']) {
      const { code, out, talk } = await cli(env, ['study', 'apply', at(name), '--participant', 'p-01']);
      expect([code, out]).toEqual([1, '']);
      expect(talk.trim().split('\n')).toHaveLength(1);
      expect(talk.trimEnd()).not.toMatch(/\p{Cc}/u);
    }
    expect(() => readFileSync(at('data/settings.json'))).toThrow(/ENOENT/);
    writeFileSync(at('c.json'), JSON.stringify(exampleFile()));
    for (const participant of ['../../p', 'jane@example.org', 'p 1', '']) {
      const { code } = await cli(env, ['study', 'apply', at('c.json'), '--participant', participant]);
      expect([participant, code]).toEqual([participant, 2]);
    }
  }, 60_000);
});
