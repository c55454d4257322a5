import { createCompareOptions } from '../../../../src/agent/proposers/patterns/compareOptions.ts';
import { live, search, testPattern, web } from '../moments.ts';

testPattern(createCompareOptions, {
  speaks: [
    live('both in one query', '“ash wood” and “oak wood”', 15, [search(10, 'ash wood vs oak wood')]),
    live('the same asked of both', '“Kindle Clara” and “Kobo Libra”', 80, [
      search(0, 'Kindle Clara review'),
      web(20, 'Kindle Clara tested - Paper Magazine'),
      search(70, 'Kobo Libra review'),
    ]),
    live('what is asked of both stands behind them', '“felt” and “cork”', 15, [
      search(10, 'felt vs cork price'),
    ]),
    live('a difference', '“a crow” and “a rook”', 12, [search(10, 'difference between a crow and a rook')]),
  ],
  silent: [
    ['the same thing twice', 80, [search(0, 'Kindle Clara review'), search(70, 'Kindle Clara price review')]],
    [
      'two matters without a common question',
      80,
      [search(0, 'Kindle Clara'), search(70, 'post office hours')],
    ],
    ['no two names', 15, [search(10, 'or')]],
    ['long ago', 400, [search(10, 'ash wood vs oak wood')]],
  ],
});
