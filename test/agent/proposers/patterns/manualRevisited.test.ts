import { createManualRevisited } from '../../../../src/agent/proposers/patterns/manualRevisited.ts';
import { code, live, search, testPattern, web } from '../moments.ts';

testPattern(createManualRevisited, {
  speaks: [
    live('three looks', 'itertools — documentation', 210, [
      web(0, 'itertools — documentation'),
      code(30, 'pairs.py'),
      web(90, 'itertools — documentation'),
      code(120, 'pairs.py'),
      web(200, 'itertools — documentation'),
    ]),
  ],
  silent: [
    [
      'two looks',
      120,
      [web(0, 'itertools — documentation'), code(30, 'pairs.py'), web(90, 'itertools — documentation')],
    ],
    [
      'no file between',
      210,
      [
        web(0, 'itertools — documentation'),
        search(30, 'python'),
        web(90, 'itertools — documentation'),
        search(120, 'pairs'),
        web(200, 'itertools — documentation'),
      ],
    ],
    [
      'no manual',
      210,
      [
        web(0, 'My holiday in the hills'),
        code(30, 'pairs.py'),
        web(90, 'My holiday in the hills'),
        code(120, 'pairs.py'),
        web(200, 'My holiday in the hills'),
      ],
    ],
  ],
});
