import type { Proposer } from '../../../model/agent.ts';
import { topicOf } from '../../../model/topic.ts';
import { clean } from '../../steps.ts';
import { readableFile } from '../fileRef.ts';
import { createPattern, span } from './pattern.ts';

const LEAST_MS = 600_000;
const MOST_MS = 3_600_000;
const LIFETIME_MS = 1_800_000;
const DOWNLOADS =
  /^(?:downloads?|herunterladen|téléchargements|descargas|scaricati|pobrane|下载|ダウンロード)$/i;
/** Names that say nothing would make a proposal that says nothing. */
const SAYS_NOTHING = /^[\W\d_a-f-]*$|^(?:download|document|file|scan|unnamed|untitled)[\W\d]*$/i;

/**
 * A text was downloaded some time ago and has not been in front since. PDFs and office files are left out: nothing here reads
 * them, and of offers to open something people took a third.
 */
export function createDownloadUnread(): Proposer {
  return createPattern('download-unread', ({ desk, now }) => {
    const waiting = desk.files.filter(({ action, name, folder, at, size }) => {
      const age = now - at;
      return (
        action === 'created' &&
        folder !== undefined &&
        DOWNLOADS.test(folder) &&
        size > 0 &&
        !SAYS_NOTHING.test(name.replace(/\.\w+$/, '')) &&
        age >= LEAST_MS &&
        age <= MOST_MS
      );
    });
    const last = waiting.at(-1);
    if (!last) return null;
    const name = clean(last.name);
    const file = readableFile(desk, name);
    const gone = desk.files.some(
      (each) =>
        each.at > last.at &&
        (each.from === last.name || (each.name === last.name && each.action === 'deleted')),
    );
    const stem = name.replace(/\.\w+$/, '');
    const opened = desk.windows.some(({ title, until }) => until > last.at && title.includes(stem));
    if (gone || opened || !file) return null;
    return {
      purpose: `Know what is in “${name}”`,
      task: `Summarise “${name}”, which you downloaded`,
      message: `You downloaded “${name}” and have not opened it. Shall I summarise it?`,
      why: `It was downloaded ${span(now - last.at)} ago and has not been in front since`,
      operation: { kind: 'read', file },
      topic: topicOf(name),
      lifetime: LIFETIME_MS,
    };
  });
}
