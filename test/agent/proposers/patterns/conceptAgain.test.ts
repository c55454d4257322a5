import { createConceptAgain } from '../../../../src/agent/proposers/patterns/conceptAgain.ts';
import { live, search, testPattern, web } from '../moments.ts';

testPattern(createConceptAgain, {
  speaks: [
    live('asked in two ways', '“osmosis”', 130, [
      search(0, 'what is osmosis'),
      web(20, 'Osmosis - Encyclopedia'),
      search(120, 'osmosis explained'),
    ]),
  ],
  silent: [
    ['once only', 10, [search(0, 'what is osmosis')]],
    ['two concepts', 130, [search(0, 'what is osmosis'), search(120, 'what is diffusion')]],
    ['an hour between', 3000, [search(0, 'what is osmosis'), search(2990, 'osmosis explained')]],
    [
      'the second asks for something to do',
      130,
      [search(0, 'what is osmosis'), search(120, 'buy osmosis filter')],
    ],
  ],
});
