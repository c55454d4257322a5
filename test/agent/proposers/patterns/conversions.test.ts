import { createConversions } from '../../../../src/agent/proposers/patterns/conversions.ts';
import { live, search, testPattern } from '../moments.ts';

testPattern(createConversions, {
  speaks: [
    live('two amounts', '12 inches in cm', 70, [search(0, '8 inches in cm'), search(60, '12 inches in cm')]),
  ],
  silent: [
    ['one amount', 10, [search(0, '8 inches in cm')]],
    ['the same amount again', 70, [search(0, '8 inches in cm'), search(60, '8 inches in cm')]],
    ['no amounts', 70, [search(0, 'usd in eur'), search(60, 'flights in may')]],
    ['half an hour between', 1900, [search(0, '8 inches in cm'), search(1890, '12 inches in cm')]],
  ],
});
