import { createBackFromBreak } from '../../../../src/agent/proposers/patterns/backFromBreak.ts';
import { afk, front } from '../../day.ts';
import { keys, live, office, testPattern, web } from '../moments.ts';

testPattern(createBackFromBreak, {
  speaks: [
    live('an hour away', 'saga.odt', 4030, [
      office(0, 'saga.odt'),
      keys(100, 'libreoffice-writer', { words: 90 }),
      afk(400, 'afk'),
      afk(4000, 'not-afk'),
      front(4010, 'thunderbird', 'Inbox - Mozilla Thunderbird'),
    ]),
  ],
  silent: [
    [
      'a short break',
      800,
      [
        office(0, 'saga.odt'),
        keys(100, 'libreoffice-writer', { words: 90 }),
        afk(400, 'afk'),
        afk(700, 'not-afk'),
        web(710, 'News'),
      ],
    ],
    [
      'no work before it',
      4030,
      [web(0, 'News of the day'), afk(400, 'afk'), afk(4000, 'not-afk'), web(4010, 'Front page')],
    ],
    [
      'already back in it',
      4030,
      [
        office(0, 'saga.odt'),
        keys(100, 'libreoffice-writer', { words: 90 }),
        afk(400, 'afk'),
        afk(4000, 'not-afk'),
        office(4010, 'saga.odt'),
      ],
    ],
    [
      'only looked at',
      4030,
      [office(0, 'saga.odt'), afk(400, 'afk'), afk(4000, 'not-afk'), web(4010, 'News')],
    ],
  ],
});
