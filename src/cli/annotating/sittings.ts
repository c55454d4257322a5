import type { ReadStream, WriteStream } from 'node:tty';
import { keepAnswer } from '../../annotation/answers.ts';
import { standing } from '../../app/annotating.ts';
import type { TraceSummary } from '../../model/annotation.ts';
import { press, pressOf, sit, type Sitting } from '../../model/sitting.ts';
import { draw } from './draw.ts';
import { takeTerminal } from './terminal.ts';

/**
 * Lets one annotator go through the traces of a folder from the keyboard, from the first that is not finished, until
 * they quit. Every answer is on the disk before the next key acts. Resolves with how far they came; rejects, with the
 * terminal given back, when an answer cannot be kept.
 */
export async function annotate(
  { folder, out, annotator }: { readonly folder: string; readonly out: string; readonly annotator: string },
  tty: { readonly input: ReadStream; readonly output: WriteStream },
  now: () => number,
): Promise<readonly TraceSummary[]> {
  const { read, answers, traces } = await standing(folder, out, annotator);
  const unfinished = traces.findIndex((each) => each.answered < each.asked);
  let number = unfinished === -1 ? read.traces.length - 1 : unfinished;
  const answersNow = read.traces.map((trace) => answers.of(trace));
  const begin = () => sit(read.traces[number]!.events, answersNow[number]!);
  let sitting: Sitting = begin();

  await new Promise<void>((resolve, reject) => {
    let work = Promise.resolve();
    /** Keys that wait or are at work: what is pasted is drawn once, at its end, and Ctrl+C need not wait for each picture. */
    let waiting = 0;
    let stale = false;
    const paint = () => {
      stale = waiting > 1;
      if (stale) return;
      const frame = {
        trace: read.traces[number]!.name,
        number: number + 1,
        traces: read.traces.length,
        annotator,
        ...terminal.size(),
      };
      const { changed } = traces[number]!;
      // Said until the first answer: then the new version is what counts.
      const note = changed && answersNow[number]!.every((each) => each === null) ? { note: changed } : {};
      terminal.show(draw(sitting, { ...frame, ...note }));
    };
    const act = async (name: string) => {
      const key = name === 'end' ? pressOf('q') : pressOf(name);
      if (!key) {
        if (stale) paint();
        return;
      }
      if (key.kind === 'next' && sitting.at === sitting.events.length) {
        if (number + 1 < read.traces.length) {
          number += 1;
          sitting = begin();
        }
        return paint();
      }
      const done = press(sitting, key);
      sitting = done.sitting;
      if (done.keep) {
        await keepAnswer(out, annotator, { trace: read.traces[number]!, ...done.keep }, now());
        answersNow[number] = sitting.answers;
      }
      if (key.kind !== 'leave') return paint();
      terminal.close();
      resolve();
    };
    const terminal = takeTerminal(tty.input, tty.output, {
      key(name) {
        waiting += 1;
        work = work
          .then(() => act(name))
          .finally(() => (waiting -= 1))
          .catch((thrown: unknown) => {
            terminal.close();
            reject(thrown instanceof Error ? thrown : new Error(String(thrown)));
          });
      },
      resize: paint,
    });
    paint();
  });
  return (await standing(folder, out, annotator)).traces;
}
