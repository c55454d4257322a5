import { createDownloadUnread } from '../../../../src/agent/proposers/patterns/downloadUnread.ts';
import { front } from '../../day.ts';
import { file, live, testPattern, web } from '../moments.ts';

testPattern(createDownloadUnread, {
  speaks: [
    live('a text waits', 'letters-1912.txt', 900, [
      file(0, 'created', 'letters-1912.txt', 'Downloads'),
      web(60, 'News of the day'),
      front(700, 'Element', 'Ines | Element'),
    ]),
  ],
  silent: [
    ['just now', 120, [file(0, 'created', 'letters-1912.txt', 'Downloads'), web(60, 'News')]],
    [
      'it was opened',
      900,
      [
        file(0, 'created', 'letters-1912.txt', 'Downloads'),
        front(60, 'mousepad', 'letters-1912.txt - Mousepad'),
        web(300, 'News'),
      ],
    ],
    [
      'it is gone',
      900,
      [
        file(0, 'created', 'letters-1912.txt', 'Downloads'),
        file(60, 'deleted', 'letters-1912.txt', 'Downloads'),
        web(300, 'News'),
      ],
    ],
    ['its name says nothing', 900, [file(0, 'created', '4f5a-22.txt', 'Downloads'), web(300, 'News')]],
    [
      'nothing here can read it',
      900,
      [file(0, 'created', 'letters-1912.pdf', 'Downloads'), web(300, 'News')],
    ],
    ['another folder', 900, [file(0, 'created', 'letters-1912.txt', 'Letters'), web(300, 'News')]],
  ],
});
