/** Applies and ends a study in the settings of FOLDER, over and over, until it is killed; says what was acknowledged. */
import { writeSync } from 'node:fs';
import { StudyFile } from '../../src/model/study.ts';
import { createPaths } from '../../src/paths.ts';
import { createSettingsStore } from '../../src/settingsFile.ts';
import { applyStudy, endStudy } from '../../src/study/turning.ts';
import { exampleFile } from './file.ts';
import { pinned } from './pinned.ts';

const store = createSettingsStore(createPaths({ env: { BEFOREHAND_HOME: process.argv[2]! } }));
// Long, so that there is something to be cut in the middle.
const file = StudyFile.parse({ ...exampleFile(), consent: 'What is agreed to. '.repeat(900) });
writeSync(1, 'ready\n');
for (;;) {
  if (store.studies().now) await store.setStudies((now) => endStudy(now, Date.now()));
  await store.setStudies((now) =>
    applyStudy(now, { file, participant: 'p-01', how: 'phrase', at: Date.now(), pinned }),
  );
  writeSync(1, `${store.studies().now?.consent.id}\n`);
}
