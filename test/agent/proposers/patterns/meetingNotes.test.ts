import { createMeetingNotes } from '../../../../src/agent/proposers/patterns/meetingNotes.ts';
import { front } from '../../day.ts';
import { file, keys, live, office, testPattern } from '../moments.ts';

testPattern(createMeetingNotes, {
  speaks: [
    live('notes in a text file', 'allotment-meeting.md', 130, [
      front(0, 'mousepad', 'allotment-meeting.md - Mousepad'),
      keys(20, 'mousepad', { words: 70 }),
      file(110, 'modified', 'allotment-meeting.md', 'Notes'),
    ]),
    live('notes in an office file', 'Minutes 3 May.odt', 130, [
      office(0, 'Minutes 3 May.odt'),
      keys(20, 'libreoffice-writer', { words: 70, chords: ['save'] }),
    ]),
  ],
  silent: [
    [
      'hardly a word',
      130,
      [
        front(0, 'mousepad', 'allotment-meeting.md - Mousepad'),
        keys(20, 'mousepad', { words: 6 }),
        file(110, 'modified', 'allotment-meeting.md'),
      ],
    ],
    [
      'not saved',
      130,
      [front(0, 'mousepad', 'allotment-meeting.md - Mousepad'), keys(20, 'mousepad', { words: 70 })],
    ],
    [
      'no meeting',
      130,
      [
        front(0, 'mousepad', 'poems.md - Mousepad'),
        keys(20, 'mousepad', { words: 70 }),
        file(110, 'modified', 'poems.md'),
      ],
    ],
  ],
});
