import { keepAnswer } from '../../src/annotation/answers.ts';
import { trace } from './fixtures.ts';

/** Keeps answers one after the other and tells how many are acknowledged, until it is killed. */
const out = process.argv[2] ?? '';
for (let count = 1; ; count++) {
  await keepAnswer(out, 'Ada', { trace: trace(), event: count % 2 === 0 ? 0 : 2, take: [count % 2] }, count);
  process.send?.(count);
}
