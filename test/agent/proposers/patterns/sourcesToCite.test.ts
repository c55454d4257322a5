import { createSourcesToCite } from '../../../../src/agent/proposers/patterns/sourcesToCite.ts';
import { copy, front } from '../../day.ts';
import { keys, live, office, testPattern, web } from '../moments.ts';

testPattern(createSourcesToCite, {
  speaks: [
    live('two sources', 'Windmills of the Zaan', 150, [
      office(0, 'paper.odt'),
      web(20, 'Windmills of the Zaan'),
      copy(40, 'firefox', 'There were six hundred mills along the river.'),
      office(50, 'paper.odt'),
      keys(55, 'libreoffice-writer', { words: 8, chords: ['paste'] }),
      front(80, 'evince', 'mills-1850.pdf'),
      copy(100, 'evince', 'Sawmills paid no tax until then.'),
      office(120, 'paper.odt'),
      keys(130, 'libreoffice-writer', { words: 12, chords: ['paste'] }),
    ]),
  ],
  silent: [
    [
      'one source',
      90,
      [
        office(0, 'paper.odt'),
        web(20, 'Windmills of the Zaan'),
        copy(40, 'firefox', 'There were six hundred mills.'),
        office(50, 'paper.odt'),
        keys(55, 'libreoffice-writer', { words: 8, chords: ['paste'] }),
      ],
    ],
    [
      'nothing was pasted',
      150,
      [
        office(0, 'paper.odt'),
        web(20, 'Windmills of the Zaan'),
        copy(40, 'firefox', 'There were six hundred mills.'),
        front(80, 'evince', 'mills-1850.pdf'),
        copy(100, 'evince', 'Sawmills paid no tax.'),
        office(120, 'paper.odt'),
      ],
    ],
    [
      'it goes into code',
      150,
      [
        web(20, 'Windmills of the Zaan'),
        copy(40, 'firefox', 'There were six hundred mills.'),
        front(80, 'evince', 'mills-1850.pdf'),
        copy(100, 'evince', 'Sawmills paid no tax.'),
        front(120, 'code', 'a.ts - x - Visual Studio Code'),
        keys(130, 'code', { words: 5, chords: ['paste'] }),
      ],
    ],
  ],
});
