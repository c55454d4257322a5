import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readTrace, type AnnotationTrace } from '../../src/annotation/trace.ts';

/** Steps of a made-up trace: two with candidates, one without. */
export const STEPS = [
  {
    observation: { time: '1717377997.0', event: 'Opens notes.md in the editor.' },
    agent_response: { candidate_task: ['Sort the notes.', 'Spell-check the notes.', 'Print the notes.'] },
    task_status: true,
  },
  { observation: { time: '1717378000.5', event: 'Scrolls.' }, agent_response: { candidate_task: [] } },
  {
    observation: { time: 'Day 1, 11:00 PM', event: 'Copies an error.' },
    agent_response: ['Explain the error.', 'Search for the error.'],
  },
];

export const trace = (steps: unknown = STEPS, name = 'a.json'): AnnotationTrace =>
  readTrace(JSON.stringify(steps), name, 'made_up');

/** A folder named `made_up` with these files. */
export function folderWith(files: Readonly<Record<string, unknown>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'beforehand-traces-'));
  for (const [name, content] of Object.entries(files)) {
    writeFileSync(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content));
  }
  return folder;
}

/** An empty folder for annotators' files. */
export const outFolder = () => mkdtempSync(join(tmpdir(), 'beforehand-answers-'));
