import { createSubjectSearches } from '../../../../src/agent/proposers/patterns/subjectSearches.ts';
import { live, search, testPattern, web } from '../moments.ts';

testPattern(createSubjectSearches, {
  speaks: [
    live('three things about gimp', 'sheet of examples on “gimp”', 250, [
      search(0, 'gimp remove background'),
      web(30, 'Backgrounds'),
      search(120, 'gimp rotate layer'),
      web(150, 'Layers'),
      search(240, 'gimp text along path'),
    ]),
  ],
  silent: [
    ['two only', 130, [search(0, 'gimp remove background'), search(120, 'gimp rotate layer')]],
    [
      'one thing in three wordings',
      250,
      [
        search(0, 'gimp remove background color'),
        search(120, 'remove background color gimp'),
        search(240, 'gimp color background remove'),
      ],
    ],
    [
      'no common subject',
      250,
      [search(0, 'train times'), search(120, 'rotate layer'), search(240, 'lemon cake')],
    ],
    ['amounts', 250, [search(0, '3 usd in eur'), search(120, '4 usd in eur'), search(240, '5 usd in eur')]],
  ],
});
