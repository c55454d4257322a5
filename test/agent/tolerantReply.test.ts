import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { grammarOf, ReplyKeys } from '../../src/agent/ownWords.ts';
import { readTolerantly } from '../../src/agent/tolerantReply.ts';

const keys: ReplyKeys = {
  Purpose: 'purpose',
  Thoughts: 'why',
  'Proactive Task': 'task',
  Response: 'message',
  Operation: 'operation',
};
const object = {
  Purpose: 'Learn of fees',
  Thoughts: 'Two pages were read.',
  'Proactive Task': 'Compare the fees',
  Response: 'Shall I?',
  Operation: 'search',
};
const told = {
  help: null,
  purpose: 'Learn of fees',
  why: 'Two pages were read.',
  task: 'Compare the fees',
  message: 'Shall I?',
  operation: 'search',
  argument: '',
};
const json = JSON.stringify(object);

describe('readTolerantly', () => {
  it.each([
    ['plain', json],
    ['in a fence', `Sure!\n\`\`\`json\n${JSON.stringify(object, null, 2)}\n\`\`\`\nAnything else?`],
    ['with trailing text', `${json}\nuser: {"Proactive Task": "another"}`],
    ['with text before', `Here it is: ${json}`],
    ['with single quotes', json.replaceAll('"', "'")],
    ['with a comma too many', json.replace(/\}$/, ',}')],
    ['with other spelling', json.replace('Proactive Task', 'Proactive_Task').replace('Purpose', 'purpose')],
    ['in another object', JSON.stringify({ result: { reply: object } })],
    ['in a list', JSON.stringify([object])],
    ['with a list of tasks', json.replace('"Compare the fees"', '[null,"Compare the fees","Second"]')],
  ])('reads an offer %s', (_name, text) => {
    expect(readTolerantly(text, keys)).toEqual(told);
  });

  it.each(['null', '"null"', '"None"', '""', '"  "', '[]', '[null]', '"N/A"', 'false', '"no task."'])(
    'takes the task %s for silence',
    (task) => {
      expect(readTolerantly(json.replace('"Compare the fees"', task), keys)?.task).toBe('');
    },
  );

  it('takes what Python writes for nothing', () => {
    expect(readTolerantly("{'Purpose': 'x', 'Proactive Task': None}", keys)).toMatchObject({ task: '' });
  });

  it('keeps a task that is an object as its JSON', () => {
    const text = JSON.stringify({ 'Proactive Task': [{ Operation: 'open', Arguments: ['a'] }] });
    expect(readTolerantly(text, keys)?.task).toBe('{"Operation":"open","Arguments":["a"]}');
  });

  it.each([
    '',
    'no',
    '{',
    '{"Purpose":"x"',
    '{"other": 1}',
    '[[[[',
    '{"Thoughts":"alone"}',
    '&a [*a, {b: *a}]',
  ])('finds nothing in %s', (text) => {
    expect(readTolerantly(text, keys)).toBeNull();
  });

  it('hears a decision in a word', () => {
    const own: ReplyKeys = { help: 'help', task: 'task' };
    expect(readTolerantly('{"help":"no","task":"x"}', own)?.help).toBe(false);
    expect(readTolerantly('{"help":"Yes, now","task":"x"}', own)?.help).toBe(true);
    expect(readTolerantly('{"help":false}', own)).toMatchObject({ help: false, task: '' });
  });

  it('never throws, whatever comes', () => {
    const piece = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc.json({ maxDepth: 4 }),
      fc.constantFrom('{', '}', '[', ']', '"', "'", '\\', '```json\n', '```', '!!binary', '&a', '*a', '<<: '),
      fc.constantFrom('"Proactive Task":', "'__proto__':", 'Proactive_Task: ', '{"constructor":{', ': ', ','),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const reply = readTolerantly(pieces.join(''), keys);
        for (const text of Object.values(reply ?? {})) expect(['string', 'object']).toContain(typeof text);
      }),
      { numRuns: 300 },
    );
    for (const deep of [
      '{'.repeat(19_000),
      `{"a":${'['.repeat(9000)}`,
      '{"a":'.repeat(4000),
      'x'.repeat(1e6),
    ]) {
      expect(readTolerantly(deep, keys)).toBeNull();
    }
    expect(({} as { polluted?: true }).polluted).toBeUndefined();
  });
});

describe('keys', () => {
  it('one must mean the task, and none may end the text of a grammar', () => {
    expect(ReplyKeys.safeParse({ Thoughts: 'why' }).success).toBe(false);
    expect(ReplyKeys.safeParse({ 'Task" | root': 'task' }).success).toBe(false);
    expect(ReplyKeys.safeParse({ Task: 'shell' }).success).toBe(false);
    expect(ReplyKeys.safeParse(keys).success).toBe(true);
  });

  it('give a grammar in their order, the task a text or null', () => {
    const [root] = grammarOf(keys).split('\n');
    const places = Object.keys(keys).map((key) => root!.indexOf(key));
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(root).toContain('Proactive Task\\":" ws maybe');
  });
});
