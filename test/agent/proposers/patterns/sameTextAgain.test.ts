import { createSameTextAgain } from '../../../../src/agent/proposers/patterns/sameTextAgain.ts';
import { copy } from '../../day.ts';
import { code, keys, live, office, testPattern } from '../moments.ts';

testPattern(createSameTextAgain, {
  speaks: [
    live('three windows', 'With kind regards, the choir', 130, [
      office(0, 'a.odt'),
      copy(10, 'libreoffice-writer', 'With kind regards, the choir board'),
      office(50, 'b.odt'),
      copy(60, 'libreoffice-writer', 'With kind regards, the choir board'),
      office(110, 'c.odt'),
      copy(120, 'libreoffice-writer', 'With  kind regards, the choir board'),
    ]),
  ],
  silent: [
    [
      'twice',
      70,
      [
        office(0, 'a.odt'),
        copy(10, 'libreoffice-writer', 'With kind regards, the choir board'),
        office(50, 'b.odt'),
        copy(60, 'libreoffice-writer', 'With kind regards, the choir board'),
      ],
    ],
    [
      'in one window',
      70,
      [
        office(0, 'a.odt'),
        copy(10, 'x', 'With kind regards, the choir board'),
        copy(30, 'x', 'With kind regards, the choir board'),
        copy(60, 'x', 'With kind regards, the choir board'),
      ],
    ],
    [
      'a word',
      130,
      [
        code(0, 'a.ts'),
        copy(10, 'code', 'total'),
        code(50, 'b.ts'),
        copy(60, 'code', 'total'),
        code(110, 'c.ts'),
        copy(120, 'code', 'total'),
      ],
    ],
    [
      'an error, which has its own pattern',
      130,
      [
        code(0, 'a.ts'),
        copy(10, 'code', 'TypeError: x is not a function'),
        code(50, 'b.ts'),
        copy(60, 'code', 'TypeError: x is not a function'),
        code(110, 'c.ts'),
        copy(120, 'code', 'TypeError: x is not a function'),
        keys(125, 'code', { words: 1 }),
      ],
    ],
  ],
});
