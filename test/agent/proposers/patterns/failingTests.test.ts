import { createFailingTests } from '../../../../src/agent/proposers/patterns/failingTests.ts';
import { copy } from '../../day.ts';
import { code, live, terminal, testPattern, web } from '../moments.ts';

testPattern(createFailingTests, {
  speaks: [
    live('three failed', 'three failing tests', 70, [
      code(0, 'tax.py'),
      terminal(40, 'pytest'),
      copy(60, 'xterm', '3 failed, 40 passed in 2.1s'),
    ]),
  ],
  silent: [
    [
      'none failed',
      70,
      [code(0, 'tax.py'), terminal(40, 'pytest'), copy(60, 'xterm', '0 failed, 43 passed in 2.1s')],
    ],
    [
      'prose, not a run',
      70,
      [code(0, 'tax.py'), web(40, 'News'), copy(60, 'firefox', '3 failed attempts to climb the peak')],
    ],
    ['no work before it', 70, [terminal(40, 'pytest'), copy(60, 'xterm', '3 failed, 40 passed in 2.1s')]],
  ],
});
