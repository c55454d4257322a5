import { mkdtempSync, rmSync, writeFileSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { type PromptFile, readOwnPrompt } from '../../../src/agent/prompt.ts';
import { createModelProposer } from '../../../src/agent/proposers/model.ts';
import { createDecidePrompt } from '../../../src/app/decidePrompt.ts';
import { createFakeLlm, type FakeScript } from '../../../src/llm/fake.ts';
import { newId } from '../../../src/model/id.ts';
import type { Observation } from '../../../src/model/observation.ts';
import { Proposal } from '../../../src/model/proposal.ts';

const example = readOwnPrompt(new URL('../../../docs/guide/prompt.example.json', import.meta.url).pathname);
const folder = mkdtempSync(join(tmpdir(), 'prompts-'));
afterAll(() => rmSync(folder, { recursive: true }));

function observe(count: number, words = 'The user reads page'): Observation[] {
  return Array.from({ length: count }, (_, at) => {
    const id = newId();
    return { id, time: at * 1500, duration: 0, kind: 'window', event: `${words} ${at}.`, sources: [id] };
  });
}
const reply = (change: object = {}) =>
  JSON.stringify({
    Purpose: 'Learn of fees',
    Thoughts: 'Two pages of fees were read.',
    'Proactive Task': 'Compare the fees',
    Response: 'Shall I put them side by side?',
    Operation: 'web_search',
    ...change,
  });

function proposer(script: FakeScript, prompt: PromptFile = example) {
  const llm = createFakeLlm(script);
  const reasons: string[] = [];
  const made = createModelProposer({ llm, prompt, onSilence: (reason) => reasons.push(reason) });
  const propose = (observations: readonly Observation[]) =>
    made.propose(
      { now: 0, observations, events: [], need: { probability: 1, reasons: [] }, onReceipt: () => {} },
      new AbortController().signal,
    );
  return { llm, reasons, propose };
}

describe('a prompt file with other words', () => {
  it('turns the reply of a model trained elsewhere into a proposal of the closed schema', async () => {
    const { propose, llm } = proposer({ replies: [reply()] });
    const [made] = await propose(observe(2));
    expect(Proposal.parse(made)).toEqual(made);
    expect(made).toMatchObject({
      purpose: 'Learn of fees',
      task: 'Compare the fees',
      message: 'Shall I put them side by side?',
      why: 'Two pages of fees were read.',
      operation: { kind: 'search', query: 'Compare the fees' },
    });
    expect(llm.requests[0]).toMatchObject({ promptVersion: 'turns-example-1', maxTokens: 400 });
    expect(llm.requests[0]).not.toHaveProperty('grammar');
    expect(llm.requests[0]).not.toHaveProperty('prefix');
  });

  it('speaks in JSON turns, its own earlier replies between them, and never changes what was said', async () => {
    const { propose, llm } = proposer({ replies: [reply(), reply({ 'Proactive Task': null }), reply()] });
    const all = observe(5, 'Said "\n{} ');
    await propose(all.slice(0, 2));
    await propose(all.slice(0, 3));
    await propose(all);
    const [first, second, third] = llm.requests.map((request) => request.messages);
    expect(first!.map((each) => each.role)).toEqual(['system', 'user']);
    expect(first![1]!.content.split('\n').map((line) => JSON.parse(line))).toEqual([
      { Observations: { Time: '0', Event: 'Said " {} 0.' } },
      { Observations: { Time: '1.5', Event: 'Said " {} 1.' } },
    ]);
    expect(second!.slice(0, 2)).toEqual(first);
    expect(second![2]).toEqual({ role: 'assistant', content: reply() });
    expect(third!.slice(0, 4)).toEqual(second);
    expect(third!.map((each) => each.role)).toEqual([
      'system',
      'user',
      'assistant',
      'user',
      'assistant',
      'user',
    ]);
    expect(third![5]!.content.split('\n')).toHaveLength(2);
  });

  it('keeps to the context with long replies', async () => {
    const long = reply({ Thoughts: 'x'.repeat(900) });
    const { propose, llm } = proposer({ replies: [long], info: { context: 2048 } });
    const all = observe(40);
    for (let at = 1; at <= all.length; at += 1) await propose(all.slice(0, at));
    for (const { messages, maxTokens } of llm.requests) {
      const length = messages.reduce((sum, each) => sum + each.content.length, 0);
      expect(length / 3 + maxTokens).toBeLessThan(2048 + 64);
    }
    expect(llm.requests.at(-1)!.messages.at(-1)!.content).toContain('page 39');
  });

  it.each([
    ['a null task', reply({ 'Proactive Task': null }), 'named no task'],
    ['the word null', reply({ 'Proactive Task': 'null' }), 'named no task'],
    ['a task of signs', reply({ 'Proactive Task': '\u202e\u200b' }), 'named no task'],
    ['prose', 'I would rather not', 'none of the keys'],
  ])('is silent for %s', async (_name, text, reason) => {
    const { propose, reasons } = proposer({ replies: [text] });
    expect(await propose(observe(1))).toEqual([]);
    expect(reasons[0]).toContain(reason);
  });

  it('drops an operation that the file does not name, and binds to its keys where it asks for that', async () => {
    const dropped = await proposer({ replies: [reply({ Operation: 'rename_file' })] }).propose(observe(1));
    expect(dropped[0]).not.toHaveProperty('operation');
    const bound = proposer({ replies: [reply()] }, { ...example, grammar: true, format: 'list' });
    await bound.propose(observe(1));
    expect(bound.llm.requests[0]!.grammar).toContain('Proactive Task');
    expect(bound.llm.requests[0]!.messages[1]!.content).toContain('- The user reads page 0.');
  });

  it('makes nothing but proposals with an operation of the union, whatever the model says', async () => {
    const hostile = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 200 }),
      fc
        .dictionary(
          fc.constantFrom(
            'Purpose',
            'Thoughts',
            'Proactive Task',
            'Proactive_Task',
            'Response',
            'Operation',
            'x',
          ),
          fc.oneof(
            fc.string({ unit: 'binary', maxLength: 2000 }),
            fc.constantFrom('search', 'chat', 'shell', 'toString', '__proto__', null, true, 7),
            fc.jsonValue({ maxDepth: 3 }),
          ),
        )
        .map((each) => JSON.stringify(each)),
    );
    await fc.assert(
      fc.asyncProperty(hostile, async (text) => {
        for (const operations of [example.operations, undefined]) {
          const { propose } = proposer({ replies: [text] }, { ...example, operations });
          for (const made of await propose(observe(1))) {
            expect(Proposal.parse(made)).toEqual(made);
            expect([undefined, 'search', 'chat']).toContain(made.operation?.kind);
            expect(Object.values({ ...made, ...made.operation }).join(' ')).not.toMatch(/[\p{Cc}\u202e]/u);
          }
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe('a prompt file that is named', () => {
  const file = (name: string, text: string) => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };

  it.each([
    ['nothing.json', null, 'cannot be read'],
    ['half.json', '{"version": "x", ', 'is none'],
    ['keys.json', '{"version":"x","system":"s","opening":"","closing":"","keys":{"A":"why"}}', 'mean task'],
    ['large.json', `"${'x'.repeat(300_000)}"`, 'is larger than'],
  ])('and is none is told in one sentence: %s', (name, text, what) => {
    const path = text === null ? join(folder, name) : file(name, text);
    expect(() => readOwnPrompt(path)).toThrow(
      expect.objectContaining({ code: 'bad-input', message: expect.stringMatching(`${name}.*${what}`) }),
    );
  });

  it.each(['/dev/zero', '/dev/null', '/'])(
    'and is no plain file neither hangs nor fills the memory: %s',
    (name) => {
      const link = join(folder, `link-${name.replaceAll('/', '-')}`);
      symlinkSync(name, link);
      expect(() => readOwnPrompt(link)).toThrow(/link-.* is no plain file/);
    },
  );

  it('is followed by the assistant when the setting changes, with the shipped words where it cannot be used', () => {
    const notes: string[] = [];
    let named: string | null = null;
    let frozen = false;
    const shipped = { version: 'ours', system: 's', opening: '', closing: '' };
    const prompt = createDecidePrompt({
      settings: () => ({ model: { prompt: named } as never }),
      shipped,
      frozen: () => frozen,
      note: (line) => notes.push(line),
    });
    expect(prompt()).toBe(shipped);
    named = file('own.json', JSON.stringify({ ...shipped, version: 'theirs' }));
    expect(prompt().version).toBe('theirs');
    expect(prompt()).toBe(prompt());
    frozen = true;
    expect(prompt().version).toBe('ours');
    frozen = false;
    named = join(folder, 'nothing.json');
    expect(prompt()).toBe(shipped);
    expect(prompt()).toBe(shipped);
    expect(notes).toEqual([expect.stringContaining('nothing.json cannot be read')]);
  });
});
