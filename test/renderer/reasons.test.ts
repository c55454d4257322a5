import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, it } from 'vitest';
import { setLanguage } from '../../renderer/strings.ts';
import { reasons } from '../../renderer/strings/en/reasons.ts';
import { reasonWords } from '../../renderer/ui/format.ts';

const SRC = fileURLToPath(new URL('../../src', import.meta.url));
const read = (path: string) => readFileSync(`${SRC}/${path}`, 'utf8');

afterEach(() => setLanguage('en'));

it('every reason that the rules, the shipped lists and the monitors can give has its words', () => {
  const lists = JSON.parse(read('assets/exclusions.json')) as Record<string, Record<string, unknown>>;
  const shipped = ['apps', 'titles', 'sites'].flatMap((kind) => Object.keys(lists[kind] ?? {}));
  const found = (path: string, pattern: RegExp) => [...read(path).matchAll(pattern)].map(([, text]) => text!);
  const given = [
    ...found('privacy/context.ts', /(?:counts\(|nothing\(|return )'([^']+)'/g),
    ...found('privacy/page.ts', /return '([^']+)'/g),
    ...found('privacy/privacy.ts', /reason: '([^']+)'/g),
    ...found('model/guard.ts', /export const [A-Z_]+ = '([^']+)'/g),
    ...readdirSync(`${SRC}/monitors`)
      .filter((name) => name.endsWith('.ts'))
      .flatMap((name) =>
        found(`monitors/${name}`, /\b(?:lose|abandon)\('([^']+)'|source: '\w+', reason: '([^']+)'/g),
      ),
  ].filter((text) => text !== undefined);
  expect(given.length).toBeGreaterThan(20);
  expect([...new Set([...shipped, ...given])].filter((text) => reasons[text] === undefined)).toEqual([]);
  // The core's own words are the English ones.
  expect(Object.entries(reasons).filter(([key, text]) => key !== text)).toEqual([]);
});

it('words a reason in the language in force, with its source, and leaves an unknown one as it is', async () => {
  expect(reasonWords('window: private window')).toBe('Windows: private window');
  await setLanguage('de');
  expect(reasonWords('private window')).toBe('privates Fenster');
  expect(reasonWords('keyboard: terminal')).toBe('Tastatur: Terminal');
  expect(reasonWords('C: of a later version')).toBe('C: of a later version');
});
