import { expect, it } from 'vitest';
import { redact } from '../../src/privacy/redact.ts';

it.each(['Xk9#mQ2$vL7!pR4z', ' Tr0ub4dor&3\n', 'aB3$efgh'])(
  'a lone generated password is redacted: %s',
  (text) => {
    expect(redact(text).text.trim()).toBe('[PASSWORD_1]');
  },
);

it.each([
  'station-01.jpg',
  'IMG_2041.jpg',
  'README.md',
  'v24.21.0',
  'KeyError',
  'Cycle survey 2025!',
  'C++17',
  '#bike-data',
])('a lone word that is no password stays: %s', (text) => expect(redact(text).text).toBe(text));

it('a password right behind -p of a database client is redacted, a port is not', () => {
  expect(redact('mysql -u root -pTTBsecretpw shop').text).toBe('mysql -u root -p[PASSWORD_1] shop');
  expect(redact('ssh -p2222 host').text).toBe('ssh -p2222 host');
  expect(redact('mysql --port=3306 shop').text).toBe('mysql --port=3306 shop');
});
