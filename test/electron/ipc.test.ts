import { expect, it } from 'vitest';
import { createAllowance } from '../../electron/allowance.ts';
import { isBounded } from '../../electron/bounded.ts';

const deep = (depth: number) => {
  let value: unknown = 1;
  for (let n = 0; n < depth; n++) value = [value];
  return value;
};
const cycle: Record<string, unknown> = {};
cycle['self'] = cycle;
const getter = Object.defineProperty({}, 'id', { enumerable: true, get: () => expect.fail('it ran') });

it.each([
  ['a call', { id: 1, channel: 'x', input: { a: [1, 'two', null, true], b: undefined } }],
  ['a text at the limit', 'x'.repeat(64 * 1024)],
  ['thirty levels', deep(30)],
  ['no prototype', Object.assign(Object.create(null) as object, { id: 1 })],
])('takes %s', (_name, value) => expect(isBounded(value)).toBe(true));

it.each<[string, unknown]>([
  ['a text beyond the limit', 'x'.repeat(64 * 1024 + 1)],
  ['many small texts', Array.from({ length: 10_000 }, () => 'seven ch')],
  ['many values', Array.from({ length: 20_001 }, () => 1)],
  ['a long list of holes', Array.from({ length: 3 }, () => Array(2 ** 31))],
  ['a hole', Array(2)],
  ['great depth', deep(100_000)],
  ['a cycle', cycle],
  ['a getter', getter],
  ['__proto__', JSON.parse('{"__proto__":{"x":1}}')],
  ['constructor', { constructor: { prototype: {} } }],
  ['a typed array', new Uint8Array(10)],
  ['a typed array inside', { input: new Float64Array(4) }],
  ['a buffer', new ArrayBuffer(8)],
  ['a map', new Map([['id', 1]])],
  ['a set', new Set([1])],
  ['a date', new Date()],
  ['an error', new Error('x')],
  ['a pattern', /x/],
  ['a function', () => 1],
  ['a symbol', Symbol('x')],
  ['a big integer', 1n],
  ['not a number', { id: Number.NaN }],
  ['infinity', { id: Infinity }],
  ['a key of a symbol', { [Symbol('x')]: 1 }],
  [
    'a class',
    new (class Id {
      id = 1;
    })(),
  ],
])('refuses %s', (_name, value) => expect(isBounded(value)).toBe(false));

it('gives a burst and then so many a second, and time that stands or goes back gives nothing', () => {
  let now = 0;
  const allowance = createAllowance(() => now);
  const take = (count: number) =>
    Array.from({ length: count }, () => allowance.take()).filter(Boolean).length;
  expect(take(1000)).toBe(400);
  now = 1000;
  expect(take(1000)).toBe(200);
  now = 500;
  expect(take(10)).toBe(0);
  now = 3_600_000;
  expect(take(1000)).toBe(400);
});
