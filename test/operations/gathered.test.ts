import { describe, expect, it } from 'vitest';
import { createPatterns } from '../../src/agent/proposers/patterns/index.ts';
import { describe as inWords } from '../../src/observations/describe.ts';
import type { Event } from '../../src/model/event.ts';
import type { Suggestion } from '../../src/model/suggestion.ts';
import { answerFromEvidence, modelAdds } from '../../src/operations/evidence.ts';
import { gathered } from '../../renderer/strings/en/gathered.ts';
import { afk, copy, front, NINE } from '../agent/day.ts';
import { code, file, keys, office, search, web } from '../agent/proposers/moments.ts';
import { contextOf, sentence } from '../suites/proposer.ts';

/** The suggestion that one pattern makes of a day, with the sentences of that day as what was seen. */
async function offered(name: string, seconds: number, events: readonly Event[]): Promise<Suggestion> {
  const proposer = createPatterns().find((each) => each.name === `pattern:${name}`)!;
  const context = contextOf({ now: NINE + seconds * 1000, events });
  const [proposal] = await proposer.propose(context, new AbortController().signal);
  let window: Event | undefined;
  const seen = events.flatMap((event) => {
    const text = inWords(event, event.kind === 'window' ? window : undefined);
    if (event.kind === 'window') window = event;
    return text === null ? [] : [{ ...sentence(event.at, text), kind: event.kind }];
  });
  return { proposal: proposal!, seen, at: context.now } as unknown as Suggestion;
}

describe('answers without a model', () => {
  it('turn pasted rows into a table', async () => {
    const suggestion = await offered('table-as-text', 40, [
      copy(10, 'libreoffice-calc', 'river\tlength\nMaas\t950\nLek\t62'),
      code(20, 'rivers.md'),
      keys(30, 'code', { words: 1, chords: ['paste'] }),
    ]);
    expect(answerFromEvidence(suggestion)).toBe(
      '| river | length |\n| --- | --- |\n| Maas | 950 |\n| Lek | 62 |',
    );
  });

  it('list the pages of a subject', async () => {
    const suggestion = await offered('pages-on-subject', 200, [
      web(0, 'Keeping bees in the city'),
      web(60, 'How bees find their way home'),
      web(120, 'A year with bees'),
    ]);
    const answer = answerFromEvidence(suggestion);
    for (const title of ['Keeping bees in the city', 'How bees find their way home', 'A year with bees'])
      expect(answer).toContain(`- ${title}`);
    expect(answer).toContain('only the titles are known');
  });

  it('give a line to cite for each source, with what was copied', async () => {
    const suggestion = await offered('sources-to-cite', 150, [
      office(0, 'paper.odt'),
      web(20, 'Windmills of the Zaan'),
      copy(40, 'firefox', 'Six hundred mills stood there.'),
      office(50, 'paper.odt'),
      keys(55, 'libreoffice-writer', { words: 8, chords: ['paste'] }),
      front(80, 'evince', 'mills-1850.pdf'),
      copy(100, 'evince', 'Sawmills paid no tax.'),
      office(120, 'paper.odt'),
      keys(130, 'libreoffice-writer', { words: 12, chords: ['paste'] }),
    ]);
    const answer = answerFromEvidence(suggestion);
    expect(answer).toContain('- Windmills of the Zaan, read November 23, 2026');
    expect(answer).toContain('Copied from mills-1850.pdf\n- Sawmills paid no tax.');
  });

  it('tell where one left off before a break', async () => {
    const suggestion = await offered('back-from-break', 4030, [
      office(0, 'saga.odt'),
      keys(100, 'libreoffice-writer', { words: 90 }),
      file(390, 'modified', 'saga.odt'),
      afk(400, 'afk'),
      afk(4000, 'not-afk'),
      front(4010, 'thunderbird', 'Inbox - Mozilla Thunderbird'),
    ]);
    const answer = answerFromEvidence(suggestion);
    expect(answer).toContain('The user typed 90 words');
    expect(answer).toContain('Saved last\n- saga.odt');
    expect(answer).not.toContain('mailbox');
  });

  it('put two things side by side as far as they were seen', async () => {
    const suggestion = await offered('compare-options', 80, [
      search(0, 'Kindle Clara review'),
      web(20, 'Kindle Clara tested'),
      search(70, 'Kobo Libra review'),
    ]);
    const answer = answerFromEvidence(suggestion);
    expect(answer).toContain('What you saw of Kindle Clara\n- Kindle Clara tested');
    expect(answer).toContain('What you saw of Kobo Libra\n- searched: Kobo Libra review');
  });

  it('are announced by the card for every pattern, and say what a model would add', () => {
    const older = ['error', 'repeated-search', 'renamed', 'long-document', 'writing-from-source'];
    const typed = ['conversions', 'download-unread'];
    const names = createPatterns().map(({ name }) => name);
    for (const name of names) {
      const known = [...older, ...typed].some((each) => name === `pattern:${each}`);
      expect(known || (gathered[name]?.length ?? 0) > 20).toBe(true);
      expect(modelAdds({ proposal: { proposer: name } } as Suggestion)).not.toBe('');
    }
    expect(Object.keys(gathered).filter((name) => !names.includes(name))).toEqual([]);
  });
});
