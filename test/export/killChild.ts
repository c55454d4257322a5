import { feedbackOf } from '../../src/feedback/feedback.ts';
import { createMemoryLog } from '../../src/log/memory.ts';
import { runExport } from '../../src/export/export.ts';
import { suggestion } from '../suggestions/fakes.ts';
import { exportOptions } from './fakes.ts';

/** Exports over and over into the same folder, each time another number of answers, until it is killed. */
const [out = ''] = process.argv.slice(2);
const log = createMemoryLog({ now: () => 1 });
for (let at = 0; ; at += 1) {
  await log.feedback(feedbackOf(suggestion(`topic ${at}`, at), 'accepted', { at, via: 'card' }));
  await runExport({ ...exportOptions(log, ['proactivebench', 'csv']), out, consent: 'yes' });
  if (at === 0) process.stdout.write('begun\n');
}
