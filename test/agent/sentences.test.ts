import { describe, expect, it } from 'vitest';
import { withoutTyped } from '../../src/agent/quotes.ts';
import { stepFromSentence, stepsFromSentences } from '../../src/agent/sentences.ts';
import { factsFromSentences } from '../../src/agent/facts.ts';

const FLAGS = ['asks', 'results', 'writes', 'passive', 'raw', 'chat', 'pasted'] as const;

/** What a sentence says, as names, with an error and a query where it has them. */
function saysOf(sentence: string): readonly string[] {
  const step = stepFromSentence('1', 0, sentence);
  return [
    ...FLAGS.filter((flag) => step[flag]),
    ...(step.error ? ['error'] : []),
    ...(step.query ? [`query ${step.query}`] : []),
  ];
}

describe('sentences', () => {
  it.each([
    ["The user opens a tab, typing 'wool dyes' into the search bar.", ['asks', 'results', 'query wool dyes']],
    ["The user clicks a search result leading to an article on 'Wool Dyes'.", ['results', 'passive']],
    ["The user scrolls the search results for 'wool dyes'.", ['results', 'passive', 'query wool dyes']],
    ["The user types 'cmdv' in a form.", ['raw', 'pasted']],
    ["The user inputs 'ctrl_l' on a search page for 'wool'.", ['results', 'raw', 'query wool']],
    ["The user types 'loom' in the browser.", []],
    ["The user types 'let dye = 3;' in the file 'dye.js'.", ['writes']],
    ['The user returns to the editor and makes some changes to the loop.', ['writes']],
    ['The user starts implementing the parser in the code editor.', ['writes']],
    ['The user chooses the type and size of the yarn.', []],
    ['The user clicks through tabs without specific user input.', ['passive']],
    ['The user clicks the left mouse button.', ['passive']],
    ['The user runs the tests, but an error message appears about a missing module.', ['error']],
    ['The user is writing a mail about ‘Wool’ in Thunderbird.', ['passive']],
    ["The user saved the file 'sheep.png' in 'Pictures'.", []],
    ["The user saved the file 'sheep.odt' in 'Documents'.", ['writes']],
    ['The user typed 12 words in Xfce Terminal.', []],
  ])('%s', (sentence, says) => {
    expect(saysOf(sentence)).toEqual(says);
  });

  it('take results that come up without a word of the search for a search, once', () => {
    const steps = stepsFromSentences(
      [
        "The user opens Google's results page for 'wool dyes'.",
        "The user scrolls the search results for 'wool dyes'.",
        "The user searches for 'spinning wheel repair'.",
        "The user searches for 'spinning wheel repair'.",
      ].map((event, time) => ({ time, event })),
    );
    expect(steps.map((step) => step.asks === true)).toEqual([true, false, true, false]);
    expect(steps.every((step) => step.results)).toBe(true);
  });

  it('count no names of programs, numbers or acts as words', () => {
    const words = (event: string) =>
      factsFromSentences([{ time: 1, event }], 1).find((fact) => fact.name === 'words')!.value;
    expect(words('The user typed 40 words in LibreOffice Writer, using save.')).toBe(0);
    expect(words("The user switched to 'Thunderbird', looking through the mailbox 'Wool'.")).toBe(
      words("The user is reading 'Wool' in Firefox."),
    );
  });

  it.each([
    [
      "The user types 'secret plan' in 'plan.md' in Mousepad.",
      "The user types some words in 'plan.md' in Mousepad.",
    ],
    ["The user types 'wool' into the search bar.", "The user types 'wool' into the search bar."],
    ["The user types 'cmdv' and opens the page 'Wool'.", "The user types 'cmdv' and opens the page 'Wool'."],
    ['The user writes notes about sheep in Mousepad.', 'The user writes notes in Mousepad.'],
    ["The user writes notes about 'Wool,' a fibre, in Mousepad.", 'The user writes notes in Mousepad.'],
    [
      "The user is reading 'Notes about wool' in Firefox.",
      "The user is reading 'Notes about wool' in Firefox.",
    ],
  ])('without what was typed: %s', (sentence, told) => {
    expect(withoutTyped(sentence)).toBe(told);
  });
});
