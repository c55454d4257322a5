import { createTodoLeft } from '../../../../src/agent/proposers/patterns/todoLeft.ts';
import { code, file, keys, live, testPattern } from '../moments.ts';

testPattern(createTodoLeft, {
  speaks: [
    live('saved twice with it', 'close the socket', 300, [
      code(0, 'peer.go'),
      keys(20, 'code', { words: 6, text: '// TODO close the socket', chords: ['save'] }),
      file(30, 'modified', 'peer.go'),
      keys(200, 'code', { words: 8 }),
      file(280, 'modified', 'peer.go'),
    ]),
  ],
  silent: [
    [
      'saved once',
      60,
      [
        code(0, 'peer.go'),
        keys(20, 'code', { words: 6, text: '// TODO close the socket', chords: ['save'] }),
        file(30, 'modified', 'peer.go'),
      ],
    ],
    [
      'the words are not known',
      300,
      [
        code(0, 'peer.go'),
        keys(20, 'code', { words: 6 }),
        file(30, 'modified', 'peer.go'),
        file(280, 'modified', 'peer.go'),
      ],
    ],
    [
      'another file is in front',
      300,
      [
        code(0, 'peer.go'),
        keys(20, 'code', { words: 6, text: '// TODO close the socket' }),
        file(30, 'modified', 'peer.go'),
        file(280, 'modified', 'peer.go'),
        code(290, 'main.go'),
      ],
    ],
  ],
});
