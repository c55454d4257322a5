import { expect, it } from 'vitest';
import { shown } from '../../src/cli/output.ts';

it('what a terminal would obey does not reach it; lines, tabs and joined letters do', () => {
  expect(shown('a\u001b[2J\u001b]0;title\u0007b\u009b31mc\rd')).toBe('a[2J]0;titleb31mcd');
  expect(shown('evil\u202efdp.exe\u2066x\u2069')).toBe('evilfdp.exex');
  expect(shown('one\ttwo\nthree')).toBe('one\ttwo\nthree');
  expect(shown('👩‍💻 نیم‌فاصله')).toBe('👩‍💻 نیم‌فاصله');
});
