import { createStuckInFile } from '../../../../src/agent/proposers/patterns/stuckInFile.ts';
import { code, keys, live, testPattern } from '../moments.ts';

testPattern(createStuckInFile, {
  speaks: [
    live('taken back again and again', '“maze.ts”', 200, [
      code(0, 'maze.ts'),
      keys(20, 'code', { words: 4, chords: ['undo', 'undo', 'undo'] }),
      keys(90, 'code', { words: 6, chords: ['undo', 'undo'] }),
      keys(180, 'code', { words: 3, chords: ['undo', 'undo', 'undo'] }),
    ]),
  ],
  silent: [
    [
      'one long look back',
      60,
      [
        code(0, 'maze.ts'),
        keys(20, 'code', {
          words: 0,
          chords: ['undo', 'undo', 'undo', 'undo', 'undo', 'undo', 'undo', 'undo'],
        }),
      ],
    ],
    [
      'in three files',
      200,
      [
        code(0, 'a.ts'),
        keys(20, 'code', { words: 4, chords: ['undo', 'undo', 'undo'] }),
        code(60, 'b.ts'),
        keys(90, 'code', { words: 6, chords: ['undo', 'undo', 'undo'] }),
        code(150, 'c.ts'),
        keys(180, 'code', { words: 3, chords: ['undo', 'undo', 'undo'] }),
      ],
    ],
    [
      'nothing was taken back',
      200,
      [
        code(0, 'maze.ts'),
        keys(20, 'code', { words: 40 }),
        keys(90, 'code', { words: 50 }),
        keys(180, 'code', { words: 30 }),
      ],
    ],
  ],
});
