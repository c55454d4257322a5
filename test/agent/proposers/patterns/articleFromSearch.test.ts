import { createArticleFromSearch } from '../../../../src/agent/proposers/patterns/articleFromSearch.ts';
import { live, search, testPattern, web } from '../moments.ts';

testPattern(createArticleFromSearch, {
  speaks: [
    live('read for three minutes', 'Why bridges hum in the wind', 190, [
      search(0, 'humming bridge'),
      web(10, 'Why bridges hum in the wind'),
    ]),
  ],
  silent: [
    ['a glance', 40, [search(0, 'humming bridge'), web(10, 'Why bridges hum in the wind')]],
    ['no search led to it', 190, [web(0, 'Front page'), web(10, 'Why bridges hum in the wind')]],
    [
      'a thread',
      190,
      [search(0, 'humming bridge'), web(10, 'Bridge hums at night - Physics Stack Exchange')],
    ],
    [
      'so long that it is a long document',
      900,
      [search(0, 'humming bridge'), web(10, 'Why bridges hum in the wind')],
    ],
  ],
});
