import type { Proposer } from '../../../model/agent.ts';
import { contentWords, topicOf } from '../../../model/topic.ts';
import { isUntitled } from '../stays.ts';
import { capital, createPattern, inWords, listed, span } from './pattern.ts';

const WITHIN_MS = 1_800_000;
const LEAST_PAGES = 3;
const FRESH_MS = 300_000;
const LIFETIME_MS = 600_000;

/** Words of many titles that say what a page is, not what it is about. */
const GENERIC = new Set(
  contentWords(
    'guide tutorial blog wiki wikipedia forum news page home official site documentation docs help article review ' +
      'question answer stack overflow medium youtube reddit github part example introduction index search result ' +
      'login account online free top list complete ultimate today daily open google download world week 2024 2025 2026',
  ),
);

/** Several pages about one subject were opened one after the other: notes of all of them save reading them again. */
export function createPagesOnSubject(): Proposer {
  return createPattern('pages-on-subject', ({ stays, now }) => {
    const front = stays.at(-1);
    if (!front || (front.page === undefined && front.query === undefined)) return null;
    if (now - front.at > FRESH_MS) return null;
    const pages = stays.filter(
      ({ page, at }) => page !== undefined && !isUntitled(page) && now - at <= WITHIN_MS,
    );
    const subjects = front.page ? contentWords(front.page) : contentWords(front.query!);
    const shared = subjects
      .filter((word) => !GENERIC.has(word) && word.length > 2)
      .map((word) => ({ word, on: pages.filter(({ page }) => contentWords(page!).includes(word)) }))
      .map(({ word, on }) => ({ word, on, titles: [...new Set(on.map(({ page }) => page!))] }))
      .filter(({ titles }) => titles.length >= LEAST_PAGES)
      .sort((a, b) => b.titles.length - a.titles.length)[0];
    if (!shared) return null;
    const { titles } = shared;
    const subject = wordIn(titles.at(-1)!, shared.word);
    return {
      purpose: `Learn about “${subject}”`,
      task: `Summarise the ${inWords(titles.length)} pages on “${subject}” in notes: ${listed(titles.slice(-2))}`,
      message: `You have opened ${inWords(titles.length)} pages on “${subject}”. Shall I summarise them in one list of notes?`,
      why: `${capital(inWords(titles.length))} pages on “${subject}” in ${span(now - shared.on[0]!.at)}`,
      operation: {
        kind: 'chat',
        instruction: `Write notes on “${subject}”: what each of these pages is for, and the points they are likely to share. ${titles
          .slice(-5)
          .map((title) => `“${title}”`)
          .join(', ')}. Say what is not known.`,
      },
      topic: topicOf(`subject ${subject}`),
      lifetime: LIFETIME_MS,
    };
  });
}

/** The word as the title writes it. */
function wordIn(title: string, stem: string): string {
  const words = title.split(/[^\p{L}\p{N}_+#]+/u);
  return words.find((word) => contentWords(word)[0] === stem) ?? stem;
}
