import { createOpenQuestion } from '../../../../src/agent/proposers/patterns/openQuestion.ts';
import { front } from '../../day.ts';
import { keys, live, office, testPattern } from '../moments.ts';

testPattern(createOpenQuestion, {
  speaks: [
    live('a reply to a question', 'Shall we rent the hall?', 170, [
      front(0, 'thunderbird', 'Write: Re: Shall we rent the hall? - Mozilla Thunderbird'),
      keys(20, 'thunderbird', { words: 4 }),
    ]),
    live('words that end in a question', 'Who keeps the key of the shed?', 160, [
      office(0, 'rules.odt'),
      keys(60, 'libreoffice-writer', { words: 14, text: 'Tools go back. Who keeps the key of the shed?' }),
    ]),
  ],
  silent: [
    [
      'the subject asks nothing',
      170,
      [front(0, 'thunderbird', 'Write: Re: Hall rented - Mozilla Thunderbird')],
    ],
    [
      'the question is one’s own',
      170,
      [front(0, 'thunderbird', 'Write: Shall we rent the hall? - Mozilla Thunderbird')],
    ],
    [
      'the answer is being written',
      170,
      [
        front(0, 'thunderbird', 'Write: Re: Shall we rent the hall? - Mozilla Thunderbird'),
        keys(20, 'thunderbird', { words: 80 }),
      ],
    ],
    [
      'the question was just typed',
      70,
      [
        office(0, 'rules.odt'),
        keys(60, 'libreoffice-writer', { words: 14, text: 'Tools go back. Who keeps the key of the shed?' }),
      ],
    ],
    [
      'it was answered at once',
      160,
      [
        office(0, 'rules.odt'),
        keys(60, 'libreoffice-writer', { words: 14, text: 'Who keeps the key of the shed?' }),
        keys(80, 'libreoffice-writer', { words: 9, text: 'Ada does, until spring comes again.' }),
      ],
    ],
  ],
});
