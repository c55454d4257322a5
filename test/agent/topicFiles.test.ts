import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sameOfOtherFiles, sameTopic, topicOf } from '../../src/model/topic.ts';

const same = (a: string, b: string): boolean => sameTopic(topicOf(a), topicOf(b));

/** What a person who said no to the first would not want to be asked again. */
const SAME: readonly (readonly [string, string])[] = [
  ['Summarise report-a.pdf', 'Summarise report-b.pdf'],
  ['Summarise report-a.pdf', 'A summary of report-b.pdf? Summarise report-b.pdf'],
  ['Summarise report_2024.pdf', 'Summarise report_2025.pdf'],
  ['Summarise report-final.pdf', 'Summarise report-draft.pdf'],
  ['Summarise report v2.pdf', 'Summarise report v3.pdf'],
  ['Summarise report-v2.pdf', 'Summarise report-v3.pdf in five points'],
  ['Summarise chapter-1.pdf', 'Summarise chapter-12.pdf'],
  ['Summarise ChapterOne1.pdf', 'Summarise ChapterOne2.pdf'],
  ['Summarise lecture_notes_03.pdf', 'Summarise lecture_notes_11.pdf'],
  ['Summarise minutes-2026-01-12.docx', 'Summarise minutes-2026-02-09.docx'],
  ['Summarise minutes-january.docx', 'Summarise minutes-february.docx'],
  ['Rename IMG_2034.jpg', 'Rename IMG_2035.jpg'],
  ['Rename IMG_2034.jpg and IMG_2035.jpg', 'Rename IMG_1.jpg'],
  ['Rename scan0001.png', 'Rename scan0042.png'],
  ['Rename screenshot_1.png', 'Rename screenshot_2.jpg'],
  ['Describe the columns of sales-q1.csv', 'Describe the columns of sales-q2.csv'],
  ['Describe the columns of sales_2024.xlsx', 'Describe the columns of sales_2025.csv'],
  ['Explain the error in server.log', 'Explain the errors in server.1.log'],
  ['Explain the log app-2026-11-24.log', 'Explain the log app-2026-11-23.log'],
  ['Check grammar of thesis.tex', 'Check the grammar of thesis-final.tex'],
  ['Write a docstring for parser.py', 'Writing docstrings for parser.py'],
  ['Open slides-part1.pptx', 'Open slides-part2.pptx'],
  ['invoice-0042.pdf', 'invoice-0043.pdf'],
  ['Summarise (invoice-0042.pdf)', 'Summarise "invoice-7.pdf"'],
  ['Summarise Invoice-0042.PDF', 'summarise invoice-0043.pdf'],
  ['Summarise bericht-neu.pdf', 'Summarise bericht-alt.pdf'],
  ['Convert track01.mp3', 'Convert track02.mp3'],
  ['Convert backup-mon.zip', 'Convert backup-tue.zip'],
  ['look up pandas merge error', 'Look up the error of merging in pandas'],
  ['How do I merge two pandas frames?', 'merging pandas frames'],
  ['node.js streams', 'streams in node'],
  ['Explain KeyError left_on', "what is KeyError: 'left_on'"],
  ['best hotel in Porto', 'Porto hotels'],
];

/** Where a no to the first says nothing about the second. */
const OTHER: readonly (readonly [string, string])[] = [
  ['Summarise report-a.pdf', 'Rename report-a.pdf to april.pdf'],
  ['Summarise thesis.pdf', 'Summarise invoice.pdf'],
  ['Summarise thesis.pdf in five points', 'Summarise invoice.pdf in five points'],
  ['Summarise report-berlin.pdf', 'Summarise report-paris.pdf'],
  ['Summarise contract.docx', 'Summarise minutes.docx'],
  ['Fix the failing test in parser.ts', 'Fix the failing test in lexer.ts'],
  ['Fix the failing test in parser.test.ts', 'Fix the failing test in lexer.test.ts'],
  ['Explain the error in server.log', 'Explain the error in client.log'],
  ['Describe the columns of sales.csv', 'Describe the columns of weather.csv'],
  ['Describe the columns of sales.csv', 'Plot the months of sales.csv as lines'],
  ['Write a docstring for parser.py', 'Write a docstring for server.py'],
  ['node.js streams', 'vue.js streams'],
  ['Rename IMG_2034.jpg', 'Rename budget.xlsx'],
  ['Rename holiday-1.jpg', 'Rename passport-1.jpg'],
  ['Open slides-part1.pptx', 'Summarise thesis-part1.pdf'],
  ['invoice-0042.pdf', 'offer-0042.pdf'],
  ['Annual Report 2024.pdf', 'Tax Letter 2024.pdf'],
  ['Summarise the annual report', 'Summarise the tax letter'],
  ['pandas merge', 'pandas plot histogram'],
  ['python', 'python list comprehension'],
  ['weather Porto', 'train to Lisbon'],
  ['best hotel in Porto', 'best restaurant in Porto centre'],
  ['Translate letter.docx into German', 'Check letter.docx for typing errors'],
  ['Convert track01.mp3', 'Convert film01.mp4'],
  ['Look up react useEffect', 'Look up react server components'],
  ['Explain KeyError left_on', 'Explain TypeError undefined'],
  ['Compare a.csv and prices.csv', 'Compare staff.csv and salaries.csv'],
  ['Review main.rs', 'Review Cargo.toml'],
  ['Summarise notes.md', 'Publish notes.md'],
  ['Explain regex lookbehind', 'Explain regex flags'],
  ['Fix docker compose port', 'Write docker compose healthcheck'],
  ['Unzip photos.zip', 'Unzip taxes.zip'],
];

describe('what a no to one topic means for another', () => {
  it.each(SAME)('%s = %s', (a, b) => {
    expect([same(a, b), same(b, a)]).toEqual([true, true]);
  });

  it.each(OTHER)('%s ≠ %s', (a, b) => {
    expect([same(a, b), same(b, a)]).toEqual([false, false]);
  });

  it('the same of other files of that kind is known as such, and other work or another kind is not', () => {
    const alike = (a: string, b: string) => sameOfOtherFiles(topicOf(a), topicOf(b));
    expect(alike('Summarise thesis.pdf', 'Summarise invoice.pdf')).toBe(true);
    expect(alike('Summarise thesis.pdf in five points', 'Summarise invoice.pdf')).toBe(false);
    expect(alike('Summarise thesis.pdf', 'Summarise letter.docx')).toBe(false);
    expect(alike('Summarise thesis.pdf', 'Rename invoice.pdf')).toBe(false);
    expect(alike('Summarise the thesis', 'Summarise the invoice')).toBe(false);
  });

  it('whatever a file is called, its number never makes it another topic', () => {
    const word = fc.stringMatching(/^[a-z]{3,9}$/);
    fc.assert(
      fc.property(
        word,
        fc.nat(9999),
        fc.nat(9999),
        fc.constantFrom('pdf', 'csv', 'jpg', 'md'),
        (name, a, b, end) => {
          expect(same(`Summarise ${name}-${a}.${end}`, `Summarise ${name}-${b}.${end}`)).toBe(true);
        },
      ),
    );
  });
});
