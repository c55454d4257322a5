import type { Proposer } from '../../../model/agent.ts';
import { topicOf } from '../../../model/topic.ts';
import { createPattern, inWords, listed, span } from './pattern.ts';

const WITHIN_MS = 2_400_000;
const LEAST_SOURCES = 2;
const LIFETIME_MS = 900_000;
const PROSE = /\.(?:odt|docx?|rtf|tex|md|txt)$|\b(?:Google Docs|Overleaf|Notion)\b/i;
/** A mail carries its own source. */
const READ = new Set(['page', 'other']);

/** Passages of several sources were copied into one text: a list of them, to cite. */
export function createSourcesToCite(): Proposer {
  return createPattern('sources-to-cite', ({ stays, desk, now }) => {
    const work = stays.at(-1)?.work;
    if (work === undefined || !PROSE.test(work)) return null;
    const recent = desk.copies.filter(({ at, text }) => now - at <= WITHIN_MS && text.trim().includes(' '));
    const from = recent.flatMap(({ at, window }) => {
      const source = desk.windows[window];
      const title = source?.file ?? source?.title ?? '';
      return source && READ.has(source.kind) && title !== work && title !== '' ? [{ at, title }] : [];
    });
    const sources = [...new Set(from.map(({ title }) => title))];
    const last = from.at(-1);
    if (!last || sources.length < LEAST_SOURCES || now - last.at > 300_000) return null;
    const pasted = desk.keys.some(({ at, pasted }) => pasted && at >= last.at);
    if (!pasted) return null;
    return {
      purpose: `Cite the sources of “${work}”`,
      task: `Write the sources of “${work}” as lines to cite: ${listed(sources.slice(-2))}`,
      message: `You copied from ${inWords(sources.length)} sources into “${work}”. Shall I write a line to cite for each?`,
      why: `You pasted from ${inWords(sources.length)} sources into this text in ${span(now - from[0]!.at)}`,
      operation: {
        kind: 'chat',
        instruction: `Write one line to cite for each of these sources, with what is known of title, publisher and date, and a gap where something is missing: ${listed(sources.slice(-5))}.`,
      },
      topic: topicOf(`cite ${work}`),
      lifetime: LIFETIME_MS,
    };
  });
}
