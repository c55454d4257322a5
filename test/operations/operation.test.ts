import { describe, expect, it } from 'vitest';
import { AppError } from '../../src/errors.ts';
import type { Event } from '../../src/model/event.ts';
import { newId } from '../../src/model/id.ts';
import { describe as describeEvent } from '../../src/observations/describe.ts';
import { createFakeLlm, type FakeScript } from '../../src/llm/fake.ts';
import { AuditEntry } from '../../src/model/feedback.ts';
import type { CompletionRequest, Llm, LlmInfo } from '../../src/model/llm.ts';
import type { Operation } from '../../src/model/proposal.ts';
import { Proposal } from '../../src/model/proposal.ts';
import { topicOf } from '../../src/model/topic.ts';
import { answerFromEvidence } from '../../src/operations/evidence.ts';
import { operationText } from '../../src/model/operationText.ts';
import { schemeOf } from '../../src/model/scheme.ts';
import { stepsOf } from '../../src/operations/seen.ts';
import { createTestLog } from '../suggestions/fakeLog.ts';
import { proposal, seen, suggestion } from '../suggestions/fakes.ts';
import { until } from '../until.ts';
import { createTestOperations } from './means.ts';

const request: CompletionRequest = {
  messages: [{ role: 'user', content: 'Explain the error.' }],
  maxTokens: 200,
  temperature: 0,
  timeoutMs: 5000,
  session: 'answer',
  purpose: 'answer',
  promptVersion: 'v1',
};

const window = [
  seen("The user switches to the 'cart.ts' file in Visual Studio Code."),
  seen("The user searches on Google for 'cannot read properties of undefined reading map'."),
  seen("The user copies the text 'TypeError: Cannot read properties of undefined (reading 'map')' in XTerm."),
  seen("The user opens the page 'Array.prototype.map() - MDN' in Firefox."),
];

function accepted(operation?: Operation) {
  return suggestion('map undefined', 1000, {
    state: 'accepted',
    seen: window,
    proposal: proposal('map undefined', { operation, proposer: 'model' }),
  });
}

async function setup(
  llm: Llm = createFakeLlm(),
  search: () => Promise<void> = async () => {},
  shows?: () => boolean,
) {
  const { log, fail } = createTestLog();
  const opened: string[] = [];
  const { operations, shown } = createTestOperations({
    log,
    request,
    llm: () => llm,
    search: async (query) => {
      opened.push(query);
      await search();
    },
    ...(shows ? { shows } : {}),
  });
  const run = async (operation?: Operation) => {
    const it = accepted(operation);
    await log.suggest(it);
    await operations.run(it);
    const [audit] = (await log.audits()).rows;
    return { it, audit: audit && AuditEntry.parse(audit), answer: await log.answerOf(it.id) };
  };
  return { log, fail, shown, opened, operations, run };
}

const chatting: Operation = { kind: 'chat', instruction: 'Explain the error on screen.' };
const fake = (script: FakeScript) => createFakeLlm(script);
const state = (info: Partial<LlmInfo>) => createFakeLlm({ info });

/** Writes these pieces, then does what it is told. */
function writing(pieces: readonly string[], then: () => Promise<void>): Llm {
  const base = createFakeLlm({ replies: [pieces.join('')] });
  return {
    ...base,
    async complete(request, signal) {
      for (const piece of pieces) request.onText?.(piece);
      await then();
      return base.complete({ ...request, onText: undefined }, signal);
    },
  };
}

describe('search', () => {
  it('opens exactly the words that were previewed, and says so in the audit log', async () => {
    const { run, opened } = await setup();
    const operation: Operation = { kind: 'search', query: '"a b" -c; $(rm) & 日本' };
    const { audit, it: done } = await run(operation);
    expect(opened).toEqual([operation.query]);
    expect(audit).toMatchObject({
      suggestion: done.id,
      operation: 'search',
      arguments: operationText(operation),
      result: 'done',
    });
  });

  it('tells in an answer and in the audit log when no browser opens', async () => {
    const { run, shown } = await setup(undefined, async () => {
      throw new AppError('missing-program', '[open] there is no browser: install one');
    });
    const { audit, answer } = await run({ kind: 'search', query: 'x' });
    expect(audit).toMatchObject({ result: 'failed', detail: expect.stringContaining('no browser') });
    expect(shown).toMatchObject([{ state: 'failed', note: 'There is no browser: install one' }]);
    expect(answer).toEqual(shown[0]);
  });
});

describe('chat', () => {
  it('streams an answer, saves it and audits what it cost', async () => {
    const { run, shown } = await setup(fake({ replies: ['The list is undefined on the first render.'] }));
    const { audit, answer } = await run(chatting);
    expect(shown[0]).toMatchObject({ state: 'writing' });
    expect(shown.at(-1)).toEqual(answer);
    expect(answer).toMatchObject({ state: 'done', text: 'The list is undefined on the first render.' });
    expect(answer).not.toHaveProperty('note');
    expect(audit).toMatchObject({
      operation: 'chat',
      arguments: chatting.instruction,
      result: 'done',
      detail: expect.stringMatching(/^fake: \d+ \+ 8 tokens/),
    });
  });

  it('shows far fewer looks than pieces, each longer than the last, the whole at the end', async () => {
    const pieces = Array.from({ length: 190 }, (_, at) => `${at} `);
    const { run, shown } = await setup(writing(pieces, async () => {}));
    const { answer } = await run(chatting);
    expect(shown.length).toBeLessThan(100);
    expect(answer?.text).toBe(pieces.join(''));
    for (const [at, each] of shown.entries()) {
      expect(each.text.length).toBeGreaterThanOrEqual(shown[at - 1]?.text.length ?? 0);
    }
  });

  it('keeps what it has when it is stopped', async () => {
    const stopped = writing(['The first ', 'words'], () => new Promise(() => {}));
    const llm: Llm = {
      ...stopped,
      complete: (request, signal) =>
        Promise.race([
          stopped.complete(request, signal),
          new Promise<never>((_, reject) => {
            signal.addEventListener('abort', () => reject(new Error('aborted')));
          }),
        ]).catch(async () => ({
          text: 'The first words',
          receipt: (await createFakeLlm().complete(request, signal)).receipt,
        })),
    };
    const { run, operations, shown, log } = await setup(llm);
    const running = run(chatting);
    const first = await until('the first words', () => shown.find((each) => each.text));
    operations.stop(first.suggestion);
    const { audit } = await running;
    expect(await log.answerOf(first.suggestion)).toMatchObject({ state: 'stopped', text: 'The first words' });
    expect(audit).toMatchObject({ result: 'stopped' });
  });

  it('close stops what is being written and waits for it', async () => {
    const { run, operations, shown } = await setup(fake({ replies: [{ text: 'late', ms: 60_000 }] }));
    const running = run(chatting);
    await until('it is writing', () => shown.length > 0);
    await operations.close();
    expect(shown.at(-1)).toMatchObject({ state: 'stopped' });
    expect((await running).audit).toMatchObject({ result: 'stopped' });
  });

  it('keeps what it has when the model dies while writing', async () => {
    const dies = writing(['Half an ', 'answer'], async () => {
      throw new AppError('model-failed', '[llm] the model process ended: it starts again by itself');
    });
    const { run } = await setup(dies);
    const { answer, audit } = await run(chatting);
    expect(answer).toMatchObject({
      state: 'failed',
      text: 'Half an answer',
      note: expect.stringContaining('The model process ended'),
    });
    expect(audit).toMatchObject({ result: 'failed' });
  });

  it('says when the length limit cut it', async () => {
    const { run } = await setup(fake({ replies: ['word '.repeat(500)] }));
    expect((await run(chatting)).answer).toMatchObject({
      state: 'done',
      note: expect.stringMatching(/length limit/),
    });
  });

  it('one run at a time for a suggestion', async () => {
    const { operations, log, shown } = await setup(fake({ replies: ['once'] }));
    const it = accepted(chatting);
    await log.suggest(it);
    await Promise.all([operations.run(it), operations.run(it)]);
    expect((await log.audits()).rows).toHaveLength(1);
    expect(shown.filter((each) => each.state === 'done')).toHaveLength(1);
  });
});

describe('chat without a model that can write', () => {
  it.each<[string, Llm, RegExp]>([
    ['off', state({ state: 'off' }), /No model is switched on/],
    ['missing', state({ state: 'missing', reason: 'run `beforehand models pull`' }), /models pull/],
    ['damaged', state({ state: 'damaged' }), /damaged/],
    ['too small', state({ alias: 'tiny', shows: false }), /tiny.*too small/],
    ['gone in between', fake({ replies: [{ error: 'model-missing' }] }), /could not answer/],
    ['silent', fake({ replies: ['  '] }), /wrote nothing/],
    ['too slow to begin', fake({ replies: [{ text: 'x', ms: 9000 }] }), /did not begin in time/],
  ])('%s: answers from the evidence and says what a larger model would add', async (_, llm, why) => {
    const { run, shown } = await setup({
      ...llm,
      complete: (asked, signal) => llm.complete({ ...asked, timeoutMs: 30 }, signal),
    });
    const { answer, audit } = await run(chatting);
    expect([answer?.state, answer?.larger]).toEqual(['done', true]);
    expect(answer?.note).toMatch(why);
    expect(answer?.note).toMatch(/larger model would/);
    expect(answer?.text).toContain('cannot read properties of undefined reading map');
    expect(answer?.text).toMatch(/https:\/\/duckduckgo\.com\/\?q=TypeError/);
    expect(shown.at(-1)).toEqual(answer);
    expect(audit).toMatchObject({ result: 'done', detail: expect.stringMatching(/without a model/) });
  });

  it('writes with a small model where the user asked for it, with a warning', async () => {
    const llm = fake({ replies: ['Try this.'], info: { alias: 'tiny', shows: false } });
    const { run } = await setup(llm, undefined, () => true);
    expect((await run(chatting)).answer).toMatchObject({
      text: 'Try this.',
      note: expect.stringMatching(/check it/),
      larger: true,
    });
  });

  it('writes with one that is large enough for answers, though what it proposes is hidden, and the audit has its cost', async () => {
    const llm = fake({ replies: ['Try this.'], info: { alias: 'mid', shows: false, answers: true } });
    const { run } = await setup(llm, undefined, () => true);
    const { answer, audit } = await run(chatting);
    expect([answer?.text, answer?.note, answer?.larger]).toEqual(['Try this.', undefined, undefined]);
    expect(audit?.receipts).toMatchObject([{ model: 'fake', purpose: 'answer', outputTokens: 2 }]);
  });
});

describe('what goes wrong around it', () => {
  it('a full disk at the end is told, keeps the text on screen and rejects nothing', async () => {
    const full = new AppError('disk-full', '[log] the disk is full: make room');
    const { log, fail, operations, shown } = await setup(writing(['text'], async () => fail(full)));
    const it = accepted(chatting);
    await log.suggest(it);
    await operations.run(it);
    expect(shown.at(-1)).toMatchObject({ state: 'failed', note: expect.stringContaining('disk is full') });
  });

  it('of a suggestion that is forgotten while it writes, nothing is kept', async () => {
    const it = accepted(chatting);
    const all = await setup(
      writing(['secret words'], async () => {
        await all.log.forget({ suggestion: it.id });
      }),
    );
    await all.log.suggest(it);
    await all.operations.run(it);
    expect(await all.log.answerOf(it.id)).toBeNull();
    expect((await all.log.audits()).rows).toEqual([]);
  });

  it('a suggestion without an operation has nothing to run', async () => {
    const { run, shown } = await setup();
    expect((await run()).audit).toBeUndefined();
    expect(shown).toEqual([]);
  });
});

describe('evidence', () => {
  it('reads searches, errors, pages, renames and copies', () => {
    const steps = stepsOf([...window, seen("The user renamed 'a 1.jpg' to 'b-1.jpg' in 'Trip'.")]);
    expect(steps.flatMap(({ query }) => query ?? [])).toEqual([
      'cannot read properties of undefined reading map',
    ]);
    expect(steps.flatMap(({ error }) => error ?? [])).toEqual([
      'cannot read properties of undefined reading map',
      "TypeError: Cannot read properties of undefined (reading 'map')",
    ]);
    expect(steps.flatMap(({ page }) => page ?? [])).toEqual(['Array.prototype.map() - MDN']);
    expect(steps.at(-1)?.renamed).toEqual({ from: 'a 1.jpg', to: 'b-1.jpg', folder: 'Trip' });
  });

  it('reads the sentences that the observations stage writes', () => {
    const base = { id: newId(1), at: 1, duration: 0, monitor: 'test' };
    const window = (app: string, title: string): Event => ({ ...base, app, kind: 'window', data: { title } });
    const events: Event[] = [
      window('firefox', 'python merge frames at DuckDuckGo — Mozilla Firefox'),
      window('firefox', "what's a left join - Google Search — Mozilla Firefox"),
      window('firefox', 'Merging frames | pandas docs — Mozilla Firefox'),
      {
        ...base,
        kind: 'file',
        data: { action: 'modified', name: 'search.ts', folder: 'src', type: 'code', size: 1, binary: false },
      },
      {
        ...base,
        app: 'xterm',
        kind: 'clipboard',
        data: { content: 'text', size: 40, words: 5, text: "KeyError: 'id' is not in index" },
      },
    ];
    const steps = stepsOf(events.map((event, at) => seen(describeEvent(event, events[at - 1]) ?? '')));
    expect(steps.flatMap(({ query }) => query ?? [])).toEqual(['python merge frames', "what's a left join"]);
    expect(steps.flatMap(({ error }) => error ?? [])).toEqual(["KeyError: 'id' is not in index"]);
    expect(steps.flatMap(({ page }) => page ?? [])).toEqual([expect.stringContaining('Merging frames')]);
    expect(steps.flatMap(({ file }) => file ?? [])).toMatchObject([{ action: 'saved', name: 'search.ts' }]);
  });

  const foreign = [
    seen("The user copied an error message of 3 words in XTerm: 'KeyError: station'."),
    seen("The user searched Google for 'train to leipzig' in Firefox."),
  ];
  const answerTo = (proposer: string, task: string, steps: readonly string[], topic = task) =>
    answerFromEvidence(
      suggestion(topic, 1, {
        seen: [...foreign, ...steps.map((each) => seen(each))],
        proposal: proposal(topicOf(topic), { proposer: `pattern:${proposer}`, task }),
      }),
    );
  const renamed = (from: string, to: string) => `The user renamed '${from}' to '${to}' in 'Trip'.`;
  const created = (name: string) => `The user created the file '${name}' in 'Trip'.`;

  it('spells out how files are renamed and goes on over those that wait, and says nothing else', () => {
    const text = answerTo('renamed', 'Write the remaining names', [
      ...[1, 2, 3, 4, 5].map((at) => created(`IMG_204${at}.jpg`)),
      "The user created the file 'notes.md' in 'Trip'.",
      renamed('IMG_2041.jpg', 'oslo-01.jpg'),
      renamed('IMG_2042.jpg', 'oslo-02.jpg'),
    ]);
    expect(text).toContain('oslo-01.jpg”');
    expect(text).toContain(
      '- IMG_2043.jpg → oslo-03.jpg\n- IMG_2044.jpg → oslo-04.jpg\n- IMG_2045.jpg → oslo-05.jpg',
    );
    for (const not of ['KeyError', 'leipzig', 'notes.md', 'http']) expect(text).not.toContain(not);
  });

  it('says so where the next names are counted on, not seen', () => {
    const text = answerTo('renamed', 'Write the remaining names', [
      renamed('IMG_1.jpg', 'oslo-09.jpg'),
      renamed('IMG_2.jpg', 'oslo-10.jpg'),
    ]);
    expect(text).toMatch(/if the files count on\n- IMG_3\.jpg → oslo-11\.jpg/);
  });

  it('an error: the message, where it came from, pages about it, a link', () => {
    const text = answerTo(
      'error',
      'Explain “TypeError: x is not iterable”',
      [
        "The user is working on the file 'cart.ts' in the project 'shop' in Code.",
        "The user copied an error message of 5 words in XTerm: 'TypeError: x is not iterable'.",
        "The user is reading 'Why is x not iterable? - Stack Overflow' in Firefox.",
        "The user is reading 'Weather in Leipzig' in Firefox.",
      ],
      'TypeError: x is not iterable',
    );
    expect(text).toMatch(/^The error\nTypeError: x is not iterable\n/);
    expect(text).toContain('cart.ts');
    expect(text).toContain('Why is x not iterable? - Stack Overflow');
    expect(text).toContain('https://duckduckgo.com/?q=TypeError');
    for (const not of ['KeyError', 'leipzig', 'Weather']) expect(text).not.toContain(not);
  });

  it('a document and a source: what was copied from them, not from elsewhere', () => {
    const steps = [
      "The user is reading the document 'Survey 2025.pdf' in Evince.",
      "The user copied 4 words of text in Evince: 'Counts rose by nine.'.",
      "The user switched to 'Writer', working on the file 'Report.odt'.",
      "The user copied 2 words of text in Writer: 'My draft'.",
    ];
    for (const [proposer, task] of [
      ['long-document', 'Summarise “Survey 2025.pdf” as an outline'],
      ['writing-from-source', 'Collect the key points of “Survey 2025.pdf” for “Report.odt”'],
    ] as const) {
      const text = answerTo(proposer, task, steps);
      expect(text).toContain('- Counts rose by nine.');
      for (const not of ['My draft', 'KeyError', 'leipzig']) expect(text).not.toContain(not);
    }
  });

  it('repeated searches: their wordings and the pages since', () => {
    const text = answerTo(
      'repeated-search',
      'Find a worked example',
      [
        "The user searched Google for 'pandas merge nearest' in Firefox.",
        "The user is reading 'pandas.merge documentation' in Firefox.",
        "The user searched Google for 'pandas join nearest timestamp' in Firefox.",
      ],
      'pandas merge nearest timestamp',
    );
    expect(text).toContain('- pandas join nearest timestamp\n- pandas merge nearest');
    expect(text).toContain('- pandas.merge documentation');
    expect(text).not.toContain('leipzig');
  });

  it('falls back to the last steps and the task', () => {
    const plain = suggestion('x', 1, { seen: [seen('The user is away.')] });
    const text = answerFromEvidence(plain);
    expect(text).toContain('The user is away.');
    expect(text).toContain(encodeURIComponent(plain.proposal.task).replaceAll('%20', '+'));
    expect(answerFromEvidence({ ...plain, seen: [] })).toContain(plain.proposal.task);
  });

  it('has links that hold any words', () => {
    const odd = suggestion('x', 1, {
      seen: [],
      proposal: Proposal.parse(proposal('x', { task: 'a\ud800&b=c#d' })),
    });
    expect(() => answerFromEvidence(odd)).not.toThrow();
    expect(answerFromEvidence(odd)).not.toContain('&b=c#d\n\nq');
  });
});

describe('schemes of names', () => {
  const pairs = (...names: readonly string[]) =>
    names.map((each) => ({ from: each.split(' > ')[0]!, to: each.split(' > ')[1]! }));
  it.each<[string, readonly string[], readonly string[], string | undefined]>([
    ['a part in front', ['a.txt > 2025-a.txt', 'b.txt > 2025-b.txt'], ['c.txt'], '2025-c.txt'],
    ['a part at the end', ['a.txt > a-old.txt', 'b.txt > b-old.txt'], ['c.txt'], 'c-old.txt'],
    ['spaces', ['My Trip.jpg > My-Trip.jpg', 'A B C.jpg > A-B-C.jpg'], ['D E.jpg'], 'D-E.jpg'],
    ['case', ['README.TXT > readme.TXT', 'NEWS.TXT > news.TXT'], ['COPYING.TXT'], 'copying.TXT'],
    ['a count', ['x.jpg > trip 8.jpg', 'y.jpg > trip 9.jpg'], ['z.jpg'], undefined],
    ['kept numbers', ['img 7.jpg > trip7.jpg', 'img 9.jpg > trip9.jpg'], ['img 10.jpg'], undefined],
    ['nothing in common', ['a.txt > report.txt', 'b.txt > letter.txt'], ['c.txt'], undefined],
  ])('%s', (_, done, waiting, next) => {
    expect(schemeOf(pairs(...done), waiting)?.next[0]?.to).toBe(next);
  });
});
