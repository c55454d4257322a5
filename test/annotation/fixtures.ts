import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { traceOf, type AnnotationTrace } from '../../src/annotation/trace.ts';
import { tasksOf, TraceStep } from '../../src/proactivebench/rows.ts';

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

export const trace = (steps: readonly unknown[] = STEPS, name = 'a.json'): AnnotationTrace =>
  traceOf(
    name,
    'made_up',
    steps.map((each) => {
      const { observation, agent_response } = TraceStep.parse(each);
      return { ...observation, tasks: tasksOf(agent_response) };
    }),
  );

/** A folder with these files, for one test. */
export function folderWith(files: Readonly<Record<string, unknown>>): string {
  const folder = temporary('beforehand-traces-');
  for (const [name, content] of Object.entries(files)) {
    writeFileSync(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content));
  }
  return folder;
}

/** An empty folder for annotators' files, for one test. */
export const outFolder = () => temporary('beforehand-answers-');

/** Gone when the test is over. */
function temporary(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), name));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
