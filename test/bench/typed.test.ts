import { expect, it } from 'vitest';
import { onMockedClock, ordinaryKept, secretsInPieces } from './typed.ts';

it('types secrets in pieces and leaves none of them', () => {
  const score = onMockedClock(() => secretsInPieces('seen', 1, 150));
  expect(score.typed).toBeGreaterThan(100);
  expect(score.names).toEqual([]);
});

it('keeps most of ordinary text', () => {
  expect(onMockedClock(() => ordinaryKept('a line a sentence (chat)', 'messages')).share).toBeGreaterThan(
    0.7,
  );
});
