import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildMessages, readPrompt } from '../../src/agent/prompt.ts';
import { createModelProposer, LONGEST } from '../../src/agent/proposers/model.ts';
import { createWording } from '../../src/agent/wording.ts';
import { createFakeLlm } from '../../src/llm/fake.ts';
import type { Proposal } from '../../src/model/proposal.ts';
import { createPaths } from '../../src/paths.ts';
import { proposal, seen } from '../suggestions/fakes.ts';

const prompt = readPrompt(`${createPaths().assets}/prompts/decide-1.json`);
const wording = createWording(prompt);
const window = [seen('The user opens a "file".'), seen('The user searches for x.')];

/** What the proposer that the program runs makes of a reply. */
async function proposed(reply: string): Promise<readonly Proposal[]> {
  const llm = createFakeLlm({ replies: [reply.slice((prompt.prefix ?? '').length)] });
  const proposer = createModelProposer({ llm, prompt });
  const need = { probability: 1, reasons: [] };
  const context = { now: 1, observations: window, events: [], need, onReceipt: () => {} };
  return proposer.propose(context, new AbortController().signal);
}

/** The grammar's own characters: no quote, backslash or control character, three at least. */
// oxlint-disable-next-line no-control-regex -- the grammar names them
const FIELD = /^[^"\\\x00-\x1F\x7F]{3,160}$/u;

describe('the words of training', () => {
  it('are those that the model is really asked with', async () => {
    const [system, user] = buildMessages(prompt, window);
    expect(wording.prompt(window)).toEqual({ system: system!.content, user: user!.content });
    expect(wording.version).toBe('decide-1');
  });

  it('begin as the reply is made to begin, and the proposer reads them back', async () => {
    const made = proposal('docker network', { why: 'third search' });
    const reply = wording.reply(made)!;
    expect(reply.startsWith(prompt.prefix!)).toBe(true);
    expect(await proposed(reply)).toMatchObject([
      { task: made.task, message: made.message, why: made.why, operation: made.operation },
    ]);
    expect(wording.reply(null)).toBe('{"help":false}');
    expect(await proposed(wording.reply(null)!)).toEqual([]);
  });

  it('an offer without an operation is one to write, and one of two letters searches for its task', async () => {
    const { operation: _, ...bare } = proposal('x');
    expect(JSON.parse(wording.reply(bare)!)).toMatchObject({ operation: 'chat', argument: 'Look up x' });
    expect(JSON.parse(wording.reply(proposal('C#'))!)).toMatchObject({
      operation: 'search',
      argument: 'Look up C#',
    });
    expect(wording.reply(proposal('x', { task: 'go' }))).toBeNull();
  });

  it('any text fits the grammar, or there is no reply', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 300 }),
      fc.string({ unit: 'grapheme', maxLength: 300 }),
    );
    fc.assert(
      fc.property(text, text, text, text, (task, message, why, instruction) => {
        const reply = wording.reply(
          proposal('x', { task, message, why, operation: { kind: 'chat', instruction } }),
        );
        if (reply === null) return;
        const fields = JSON.parse(reply) as Record<keyof typeof LONGEST, string> & { help: boolean };
        expect(Object.keys(fields)).toEqual(['help', 'task', 'message', 'why', 'operation', 'argument']);
        for (const name of ['task', 'message', 'why', 'argument'] as const) {
          expect(fields[name]).toMatch(FIELD);
          expect([...fields[name]].length).toBeLessThanOrEqual(LONGEST[name]);
          // As JSON it is the same letters, as the grammar has no escapes.
          expect(reply).toContain(`"${name}":"${fields[name]}"`);
        }
      }),
      { numRuns: 1000 },
    );
  });
});
