import fc from 'fast-check';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { type Choose, elementsOf, type JsonElement } from '../../src/reading/jsonElements.ts';

const folder = mkdtempSync(join(tmpdir(), 'elements-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const file = join(folder, 'a.json');

const each: Choose = (path) => (path.length === 0 ? 'enter' : 'take');
async function read(text: string | Buffer, choose: Choose = each): Promise<JsonElement[]> {
  writeFileSync(file, text);
  const found: JsonElement[] = [];
  for await (const element of elementsOf(file, choose)) found.push(element);
  return found;
}
const values = async (text: string, choose?: Choose) =>
  (await read(text, choose)).map((found) => [found.path.join('.'), found.value]);

it('gives the members of a list and of an object, with where they stand', async () => {
  expect(await values('[1, "a\\"b]", {"c": [2]}, null, -1.5e3, true]')).toEqual([
    ['0', 1],
    ['1', 'a"b]'],
    ['2', { c: [2] }],
    ['3', null],
    ['4', -1500],
    ['5', true],
  ]);
  const found = await read('{\n "a": 1,\n\n "b": {"x": "}"}\n}');
  expect(found.map(({ path, line, offset }) => [path[0], line, offset])).toEqual([
    ['a', 2, 8],
    ['b', 4, 18],
  ]);
});

it('enters what is wanted and passes over the rest', async () => {
  const choose: Choose = (path) => {
    if (path.length === 4) return 'take';
    return path[0] === 'skipped' ? 'skip' : 'enter';
  };
  const text = JSON.stringify({
    skipped: { deep: ['"', '\\', { events: [1] }] },
    buckets: { one: { type: 't', events: [{ a: 1 }, { a: 2 }] }, two: { events: [] } },
  });
  expect(await values(text, choose)).toEqual([
    ['buckets.one.events.0', { a: 1 }],
    ['buckets.one.events.1', { a: 2 }],
  ]);
});

it.each([
  ['', 'breaks off'],
  ['[1,', 'breaks off'],
  ['[{"a":', 'breaks off'],
  ['["a', 'breaks off'],
  ['[1 2]', 'a comma was expected'],
  ['{"a" 1}', 'a colon was expected'],
  ['{a: 1}', 'a name was expected'],
  ['[1]]', 'after the end'],
  ['[1] x', 'after the end'],
  ['[1,]', 'not JSON'],
  ['[,]', 'not JSON'],
  ['[nul]', 'not JSON'],
  ['[{"a":}]', 'not JSON'],
  ['[\n\n{"a":01}]', 'line 3, character 3: this is not JSON'],
  ['{"a":1,}', 'a name was expected'],
])('%j is named with its place', async (text, why) => {
  await expect(read(text)).rejects.toMatchObject({
    code: 'bad-input',
    message: expect.stringContaining(why),
  });
});

it('bytes that are not UTF-8 are named', async () => {
  await expect(read(Buffer.from([0x5b, 0x22, 0xff, 0x22, 0x5d]))).rejects.toMatchObject({
    code: 'bad-input',
    message: expect.stringContaining('UTF-8'),
  });
});

it('reads any JSON as JSON.parse does, wherever the chunks end', { timeout: 60_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.jsonValue(), { maxLength: 6 }), fc.boolean(), async (list, wide) => {
      // Filler around the values moves them over the border of the chunks, which are of 64 KiB.
      const text = JSON.stringify(['x'.repeat(65_536 - 20), ...list], null, wide ? 2 : 0);
      const found = await read(text);
      expect(found.slice(1).map((one) => one.value)).toEqual(JSON.parse(JSON.stringify(list)));
    }),
    { numRuns: 150 },
  );
});
