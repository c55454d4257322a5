import { createLongText } from '../../../../src/agent/proposers/patterns/longText.ts';
import { front } from '../../day.ts';
import { file, keys, live, office, testPattern } from '../moments.ts';

testPattern(createLongText, {
  speaks: [
    live('a draft of a post', 'why-we-swim.md', 400, [
      front(0, 'mousepad', 'why-we-swim.md - Mousepad'),
      keys(10, 'mousepad', { words: 160 }),
      keys(300, 'mousepad', { words: 120, chords: ['save'] }),
      file(390, 'modified', 'why-we-swim.md', 'Posts'),
    ]),
    live('an office text', 'speech.odt', 400, [
      office(0, 'speech.odt'),
      keys(10, 'libreoffice-writer', { words: 300 }),
      file(390, 'modified', 'speech.odt', 'Texts'),
    ]),
  ],
  silent: [
    [
      'a short text',
      400,
      [
        office(0, 'speech.odt'),
        keys(10, 'libreoffice-writer', { words: 60 }),
        file(390, 'modified', 'speech.odt'),
      ],
    ],
    ['not saved', 400, [office(0, 'speech.odt'), keys(10, 'libreoffice-writer', { words: 300 })]],
    [
      'code',
      400,
      [
        front(0, 'mousepad', 'a.ts - Mousepad'),
        keys(10, 'mousepad', { words: 300 }),
        file(390, 'modified', 'a.ts'),
      ],
    ],
  ],
});
