import { createMailDraft } from '../../../../src/agent/proposers/patterns/mailDraft.ts';
import { front } from '../../day.ts';
import { live, testPattern, web } from '../moments.ts';

testPattern(createMailDraft, {
  speaks: [
    live('three visits', 'Sorry about the fence', 420, [
      front(0, 'thunderbird', 'Write: Sorry about the fence - Mozilla Thunderbird'),
      web(120, 'News of the day'),
      front(150, 'thunderbird', 'Write: Sorry about the fence - Mozilla Thunderbird'),
      web(260, 'Front page'),
      front(300, 'thunderbird', 'Write: Sorry about the fence - Mozilla Thunderbird'),
    ]),
  ],
  silent: [
    ['one long visit', 420, [front(0, 'thunderbird', 'Write: Sorry about the fence - Mozilla Thunderbird')]],
    [
      'three glances',
      60,
      [
        front(0, 'thunderbird', 'Write: Sorry about the fence - Mozilla Thunderbird'),
        web(10, 'News'),
        front(20, 'thunderbird', 'Write: Sorry about the fence - Mozilla Thunderbird'),
        web(30, 'News'),
        front(40, 'thunderbird', 'Write: Sorry about the fence - Mozilla Thunderbird'),
      ],
    ],
    [
      'a mail that is read',
      420,
      [
        front(0, 'thunderbird', 'Re: the fence - Mozilla Thunderbird'),
        web(120, 'News'),
        front(150, 'thunderbird', 'Re: the fence - Mozilla Thunderbird'),
        web(260, 'News'),
        front(300, 'thunderbird', 'Re: the fence - Mozilla Thunderbird'),
      ],
    ],
    [
      'it was left',
      460,
      [
        front(0, 'thunderbird', 'Write: Sorry about the fence - Mozilla Thunderbird'),
        web(120, 'News of the day'),
        front(150, 'thunderbird', 'Write: Sorry about the fence - Mozilla Thunderbird'),
        web(260, 'Front page'),
        front(300, 'thunderbird', 'Write: Sorry about the fence - Mozilla Thunderbird'),
        web(450, 'News of the day'),
      ],
    ],
  ],
});
