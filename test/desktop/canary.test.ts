import { expect, it } from 'vitest';
import { canaryBench } from '../bench/canary.ts';
import { disguises, hits, writtenPaths } from '../bench/canaryScan.ts';
import { needs } from '../needs.ts';

const PROGRAMS = [
  'Xvfb',
  'openbox',
  'xdotool',
  'xclip',
  'xterm',
  'chromium',
  'dbus-daemon',
  'xfce4-notifyd',
  'strace',
];

// The short form of `npm run bench:canary`.
needs(PROGRAMS, 'canaries through every source', () => {
  it('are found nowhere once dropped, redacted or forgotten, and the key is gone with everything', async () => {
    const report = await canaryBench(60);
    const none = { dropped: 0, redacted: 0, byEvent: 0, bySite: 0, byTime: 0, byApp: 0 };
    expect(report.onDisk).toEqual(none);
    expect(report.inPages).toMatchObject({ dropped: 0, redacted: 0 });
    // The same search finds what was kept, so it would have found the others.
    for (const group of ['byEvent', 'bySite', 'byTime', 'byApp'] as const) {
      expect(report.inPages[group], group).toBeGreaterThan(0);
    }
    expect(report.forgot.map(({ left }) => left)).toEqual([0, 0, 0, 0]);
    expect(report.afterEverything).toMatchObject({ files: 0, pages: 0, key: 0 });
    expect(report.files).toBeGreaterThan(20);
    // The backup and the export: what forgetting does not reach is listed.
    expect(report.copies).toBe(2);
  }, 300_000);
});

it('sees a canary through every disguise', () => {
  const faces = disguises('qzjxkv');
  const inside = (text: string) => `before ${text} after`;
  const word = 'qzjxkvbcdf';
  const plain = inside(word);
  for (const content of [
    Buffer.from(plain),
    Buffer.from(plain, 'utf16le'),
    Buffer.from(plain, 'utf16le').swap16(),
    Buffer.from(Buffer.from(plain).toString('hex')),
    ...['', 'x', 'xy'].map((shift) => Buffer.from(Buffer.from(shift + plain).toString('base64'))),
    Buffer.from(JSON.stringify({ plain })),
    Buffer.from(Array.from(plain, (each) => `\\u00${each.charCodeAt(0).toString(16)}`).join('')),
    Buffer.from(encodeURIComponent(plain)),
  ]) {
    expect(hits(content, faces), content.toString('latin1')).toBeGreaterThan(0);
  }
  expect(hits(Buffer.from('qzjx kv'), faces)).toBe(0);
});

it('reads from a trace what was written', () => {
  const trace = [
    '12 openat(AT_FDCWD, "/home/a/log.db", O_RDWR|O_CREAT|O_CLOEXEC, 0600) = 3',
    '12 openat(AT_FDCWD, "/etc/hosts", O_RDONLY) = 3',
    '12 rename("/home/a/x.tmp", "/home/a/x") = 0',
    '12 openat(AT_FDCWD, "/dev/null", O_WRONLY) = 3',
  ].join('\n');
  expect(writtenPaths(trace)).toEqual(['/home/a/log.db', '/home/a/x.tmp', '/home/a/x']);
});
