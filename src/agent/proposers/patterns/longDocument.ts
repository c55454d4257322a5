import type { Proposer } from '../../../model/agent.ts';
import { topicOf } from '../../../model/topic.ts';
import type { Reading } from '../evidence.ts';
import { readableFile } from '../fileRef.ts';
import { createPattern, span } from './pattern.ts';

/** How long until reading is long. A page is often left open; a document is opened to be read. */
const LONG_MS: Readonly<Record<Reading['kind'], number>> = {
  pdf: 300_000,
  document: 300_000,
  article: 480_000,
};
const NAMES: Readonly<Record<Reading['kind'], string>> = {
  pdf: 'PDF',
  document: 'document',
  article: 'article',
};
const LIFETIME_MS = 900_000;

/** Something to read has been in front for many minutes, and still is. */
export function createLongDocument(): Proposer {
  return createPattern('long-document', ({ readings, desk }) => {
    const reading = readings.find((each) => each.now && each.ms >= LONG_MS[each.kind]);
    if (!reading) return null;
    const { title } = reading;
    const file = readableFile(desk, title);
    return {
      purpose: `Read “${title}”`,
      task: `Summarise “${title}” as an outline`,
      message: `You have been reading “${title}” for a while. Shall I write an outline with its main points?`,
      why: `This ${NAMES[reading.kind]} has been in front for ${span(reading.ms)}`,
      operation: file
        ? { kind: 'read', file }
        : {
            kind: 'chat',
            instruction: `Write a short outline of what “${title}” covers and the main points to look for, five bullets at most. Say so where only the title is known.`,
          },
      topic: topicOf(title),
      lifetime: LIFETIME_MS,
    };
  });
}
