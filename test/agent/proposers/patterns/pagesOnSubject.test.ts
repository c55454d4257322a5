import { createPagesOnSubject } from '../../../../src/agent/proposers/patterns/pagesOnSubject.ts';
import { live, search, testPattern, web } from '../moments.ts';

testPattern(createPagesOnSubject, {
  speaks: [
    live('three pages about bees', 'pages on “bees”', 200, [
      web(0, 'Keeping bees in the city'),
      web(60, 'How bees find their way home'),
      web(120, 'A year with bees | Garden Diary'),
    ]),
  ],
  silent: [
    ['only two', 130, [web(0, 'Keeping bees in the city'), web(60, 'How bees find their way home')]],
    [
      'one page three times',
      200,
      [
        web(0, 'Keeping bees in the city'),
        search(20, 'weather'),
        web(60, 'Keeping bees in the city'),
        search(80, 'time'),
        web(120, 'Keeping bees in the city'),
      ],
    ],
    [
      'they share only what pages are',
      200,
      [web(0, 'A guide to knots'), web(60, 'Bread baking guide'), web(120, 'Opera guide for all')],
    ],
    [
      'something else is in front',
      230,
      [
        web(0, 'Keeping bees in the city'),
        web(60, 'How bees find their way home'),
        web(120, 'A year with bees'),
        web(200, 'Train times to Lyon'),
      ],
    ],
  ],
});
