import { createBackToResults } from '../../../../src/agent/proposers/patterns/backToResults.ts';
import { code, live, search, testPattern, web } from '../moments.ts';

testPattern(createBackToResults, {
  speaks: [
    live('two pages and back', 'unclog kitchen sink', 130, [
      search(0, 'unclog kitchen sink'),
      web(20, 'Ten ways to unclog a sink'),
      search(60, 'unclog kitchen sink'),
      web(80, 'Sink drains - a plumber tells'),
      search(120, 'unclog kitchen sink'),
    ]),
  ],
  silent: [
    [
      'back only once',
      70,
      [search(0, 'unclog sink'), web(20, 'Ten ways to unclog a sink'), search(60, 'unclog sink')],
    ],
    [
      'other work between',
      200,
      [
        search(0, 'unclog sink'),
        code(10, 'a.ts'),
        code(20, 'b.ts'),
        code(30, 'c.ts'),
        search(60, 'unclog sink'),
        code(70, 'd.ts'),
        code(80, 'e.ts'),
        search(120, 'unclog sink'),
      ],
    ],
    [
      'a page is in front, not the results',
      150,
      [
        search(0, 'unclog sink'),
        web(20, 'Ten ways to unclog a sink'),
        search(60, 'unclog sink'),
        web(80, 'Sink drains explained'),
        search(120, 'unclog sink'),
        web(140, 'Plumbers nearby'),
      ],
    ],
  ],
});
