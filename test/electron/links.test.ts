import { afterEach, describe, expect, it } from 'vitest';
import { placeOf, placeOfArgs } from '../../electron/modules/links.ts';
import { startFake, type Started } from './startFake.ts';

const ID = '01938f3e-7a10-7c4d-9b1e-2f3a4b5c6d7e';

it.each([
  ['beforehand://today', 'today'],
  ['beforehand://settings/', 'settings'],
  [`beforehand://suggestion/${ID}`, `suggestion/${ID}`],
  [`beforehand://suggestion/${ID}/`, `suggestion/${ID}`],
])('knows %s', (link, place) => {
  expect(placeOf(link)).toBe(place);
});

/** Whatever a page, a mail or another program might hand over; none may open anything. */
const HOSTILE: readonly unknown[] = [
  '',
  ' ',
  'beforehand',
  'beforehand:',
  'beforehand:/',
  'beforehand://',
  'beforehand:///',
  'beforehand:today',
  ...['http', 'https', 'file', 'app', 'javascript', 'data', 'beforehandx', 'xbeforehand', 'BEFOREHAND'].map(
    (scheme) => `${scheme}://today`,
  ),
  ...[
    'Today',
    'TODAY',
    'today ',
    ' today',
    'todays',
    'toda',
    'welcome',
    'card',
    'index.html',
    '.',
    '..',
    '*',
    '%',
  ].map((screen) => `beforehand://${screen}`),
  ...[
    '?x',
    '#x',
    '//',
    '/..',
    '/../settings',
    '\\',
    '/x',
    ':80',
    '@evil',
    '%00',
    '%2f',
    '%0a',
    ';x',
    '&x',
    '\n',
    '\r\n',
    '\0',
    '\u2028',
    '\u202e',
  ].map((tail) => `beforehand://today${tail}`),
  ...['user@today', 'user:pw@today', '[::1]', '127.0.0.1', 'today.evil.example', 'évil', 'tоday'].map(
    (host) => `beforehand://${host}`,
  ),
  ...[
    '',
    '/',
    'x',
    '..',
    '../../settings',
    'null',
    '0',
    '-1',
    '1e9',
    ID.toUpperCase(),
    ID.slice(1),
    `${ID}0`,
    `{${ID}}`,
    `${ID}?x`,
    `${ID}#x`,
    `${ID}/x`,
    `${ID}//`,
    `../${ID}`,
    `%2e%2e/${ID}`,
    `${ID}%00`,
    `${ID}\n`,
    ID.replaceAll('-', ''),
    ID.replace('-', '--'),
    `${ID},${ID}`,
    'g'.repeat(36),
    '０'.repeat(36),
    `${'a'.repeat(8)}-${'b'.repeat(4)}`,
  ].map((id) => `beforehand://suggestion/${id}`),
  ...['suggestions', 'Suggestion', 'suggestion/suggestion', 'answer', 'accept', 'forget', 'pause'].map(
    (word) => `beforehand://${word}/${ID}`,
  ),
  `beforehand://suggestion\\${ID}`,
  `beforehand://suggestion:${ID}`,
  `beforehand://suggestion//${ID}`,
  `beforehand:suggestion/${ID}`,
  `beforehand://today" --no-sandbox --inspect="0`,
  `beforehand://today' --gpu-launcher='calc`,
  'beforehand://<script>alert(1)</script>',
  'beforehand://today\u0000beforehand://today',
  `beforehand://suggestion/${ID}`.repeat(2),
  'a'.repeat(1_000_000),
  `beforehand://${'today/'.repeat(10_000)}`,
  null,
  undefined,
  0,
  true,
  {},
  [],
  ['beforehand://today'],
  { toString: () => 'beforehand://today' },
  Symbol('beforehand://today'),
];

it('refuses every hostile link', () => {
  expect(HOSTILE.length).toBeGreaterThanOrEqual(100);
  expect(HOSTILE.filter((link) => placeOf(link) !== null)).toEqual([]);
  expect(HOSTILE.filter((link) => placeOfArgs(['beforehand', link]) !== null)).toEqual([]);
});

it('takes the last link of the arguments, and none when that one is no link', () => {
  expect(placeOfArgs(['x', '--demo', 'beforehand://today', 'beforehand://teach'])).toBe('teach');
  expect(placeOfArgs(['x', 'beforehand://today', 'beforehand://evil'])).toBeNull();
  expect(placeOfArgs([])).toBeNull();
});

describe('in the desktop app', () => {
  let started: Started | undefined;
  afterEach(() => started?.fake.stop());
  const opened = () => started?.fake.log.filter((each) => each.startsWith('load app://beforehand/#'));

  it('a first start opens at its link', async () => {
    started = await startFake({ args: ['beforehand', `beforehand://suggestion/${ID}`] });
    expect(opened()).toEqual([`load app://beforehand/#/suggestion/${ID}`]);
  });

  it('a second start passes its link on, with the window brought to the front', async () => {
    started = await startFake();
    started.fake.app.emit('second-instance', {}, ['beforehand', 'beforehand://teach'], '/');
    expect(opened()).toEqual(['load app://beforehand/#/teach']);
    expect(started.fake.log).toEqual(expect.arrayContaining(['show', 'focus']));
  });

  it('hostile links show the window or nothing, and never load anything', async () => {
    started = await startFake();
    for (const link of HOSTILE) {
      started.fake.app.emit('second-instance', {}, ['beforehand', link], '/');
      started.fake.app.emit('open-url', { preventDefault: () => {} }, link);
    }
    expect(opened()).toEqual([]);
    expect(started.fake.log.filter((each) => each.startsWith('load'))).toEqual([
      'load app://beforehand/',
      'load app://beforehand/card.html',
    ]);
  });

  it('macOS hands one over as an event', async () => {
    started = await startFake();
    let prevented = false;
    started.fake.app.emit('open-url', { preventDefault: () => (prevented = true) }, 'beforehand://models');
    expect([prevented, opened()]).toEqual([true, ['load app://beforehand/#/models']]);
  });

  it('started with the session it waits in the tray', async () => {
    started = await startFake({ args: ['beforehand', '--hidden'] });
    started.fake.windows[0]?.emit('ready-to-show');
    expect(started.fake.log).not.toContain('show');
  });
});
