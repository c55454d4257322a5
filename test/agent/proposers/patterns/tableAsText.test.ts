import { createTableAsText } from '../../../../src/agent/proposers/patterns/tableAsText.ts';
import { copy, front } from '../../day.ts';
import { code, keys, live, testPattern } from '../moments.ts';

testPattern(createTableAsText, {
  speaks: [
    live('rows pasted', 'river, length', 40, [
      front(0, 'libreoffice-calc', 'rivers.ods — LibreOffice Calc'),
      copy(10, 'libreoffice-calc', 'river\tlength\nMaas\t950\nLek\t62'),
      code(20, 'rivers.md'),
      keys(30, 'code', { words: 1, chords: ['paste'] }),
    ]),
  ],
  silent: [
    [
      'not pasted',
      40,
      [copy(10, 'libreoffice-calc', 'river\tlength\nMaas\t950\nLek\t62'), code(20, 'rivers.md')],
    ],
    [
      'pasted into a sheet',
      40,
      [
        copy(10, 'libreoffice-calc', 'river\tlength\nMaas\t950\nLek\t62'),
        front(20, 'libreoffice-calc', 'b.ods — LibreOffice Calc'),
        keys(30, 'libreoffice-calc', { words: 1, chords: ['paste'] }),
      ],
    ],
    [
      'prose with commas',
      40,
      [
        copy(10, 'firefox', 'First, we went.\nThen it rained, and rained, all day.\nAt last we slept.'),
        code(20, 'diary.md'),
        keys(30, 'code', { words: 1, chords: ['paste'] }),
      ],
    ],
    [
      'two rows',
      40,
      [
        copy(10, 'libreoffice-calc', 'river\tlength\nMaas\t950'),
        code(20, 'rivers.md'),
        keys(30, 'code', { words: 1, chords: ['paste'] }),
      ],
    ],
  ],
});
