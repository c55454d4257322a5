import { expect, it } from 'vitest';
import { Participant, StudyFile } from '../../src/model/study.ts';
import { exampleFile, guideFile } from './file.ts';

const parse = (change: (file: Record<string, unknown>) => void = () => {}) => {
  const file = exampleFile();
  change(file);
  return StudyFile.safeParse(file);
};
const faults = (change: (file: Record<string, unknown>) => void) =>
  parse(change).error?.issues.map((issue) => issue.path.join('.') || issue.code) ?? [];

it('takes the example of the guide, and fills in what it leaves out', () => {
  const { data } = StudyFile.safeParse(guideFile());
  expect(data?.consent).toContain('\n\n');
  expect(data?.arms?.of.map((arm) => [arm.id, arm.gate, arm.weight, arm.proposers])).toEqual([
    ['gate-on', 'on', 1, 'all'],
    ['gate-off', 'off', 1, 'all'],
  ]);
  expect([data?.typedApps, data?.arms?.minutes]).toEqual([[], 60]);
});

it.each<[string, (file: Record<string, unknown>) => void, string[]]>([
  ['an unknown field', (file) => (file['excludedApps'] = []), ['unrecognized_keys']],
  ['a later version', (file) => (file['study'] = 2), ['study']],
  ['an id that is a path', (file) => (file['id'] = '../../etc'), ['id']],
  [
    'a terminal’s commands in the consent',
    (file) => (file['consent'] = `${'x'.repeat(50)}\u001B[2J`),
    ['consent'],
  ],
  ['text that runs backwards', (file) => (file['title'] = 'abc\u202Edef'), ['title']],
  ['a title of two lines', (file) => (file['title'] = 'a\nb'), ['title']],
  ['a consent that says nothing', (file) => (file['consent'] = 'ok'), ['consent']],
  ['settings of privacy', (file) => (file['settings'] = { trustedBrowsers: ['x'] }), ['settings']],
  [
    'an endpoint',
    (file) => (file['frozen'] = { model: { alias: 'remote', sha256: null } }),
    ['frozen.model.alias'],
  ],
  ['typed text as a source', (file) => (file['sources'] = { only: ['typed'] }), ['sources.only.0']],
  [
    'a source on that is left out',
    (file) => (file['sources'] = { only: ['window'], on: ['files'] }),
    ['sources.on'],
  ],
  ['typed text that the consent does not name', (file) => (file['typedApps'] = ['Slack']), ['typedApps']],
  [
    'one arm twice',
    (file) => (file['arms'] = { by: 'day', seed: 's', of: [{ id: 'aa' }, { id: 'aa' }] }),
    ['arms'],
  ],
  ['a mail address as participant', (file) => (file['participant'] = 'jane@example.org'), ['participant']],
  ['no end', (file) => delete file['lasts'], ['lasts']],
])('refuses %s', (_, change, where) => {
  expect(faults(change)).toEqual(where);
});

it('a pseudonym is no path', () => {
  for (const wrong of ['', '.', '..', 'a/b', 'a b', '-x', 'x'.repeat(33), 'é', 'a\n']) {
    expect([wrong, Participant.safeParse(wrong).success]).toEqual([wrong, false]);
  }
  expect(Participant.safeParse('p-07').success).toBe(true);
});
