import { createTwoSources } from '../../../../src/agent/proposers/patterns/twoSources.ts';
import { front } from '../../day.ts';
import { live, testPattern, web } from '../moments.ts';

testPattern(createTwoSources, {
  speaks: [
    live('two offers', '“offer-kramer.pdf” and “offer-lind.pdf”', 190, [
      front(0, 'evince', 'offer-kramer.pdf'),
      front(60, 'evince', 'offer-lind.pdf'),
      front(120, 'evince', 'offer-kramer.pdf'),
      front(180, 'evince', 'offer-lind.pdf'),
    ]),
  ],
  silent: [
    [
      'once to and fro',
      130,
      [
        front(0, 'evince', 'offer-kramer.pdf'),
        front(60, 'evince', 'offer-lind.pdf'),
        front(120, 'evince', 'offer-kramer.pdf'),
      ],
    ],
    [
      'two pages with nothing in common',
      190,
      [
        web(0, 'Front page of today'),
        web(60, 'Weather in Ghent'),
        web(120, 'Front page of today'),
        web(180, 'Weather in Ghent'),
      ],
    ],
    [
      'music',
      190,
      [
        front(0, 'spotify', 'Evening Jazz - Trio Lund'),
        front(60, 'evince', 'offer-lind.pdf'),
        front(120, 'spotify', 'Evening Jazz - Trio Lund'),
        front(180, 'evince', 'offer-lind.pdf'),
      ],
    ],
  ],
});
