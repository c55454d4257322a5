import fc from 'fast-check';
import type { createTypist } from './typist.ts';

/** What happens between two keys. */
export type Happening =
  | { readonly kind: 'wait'; readonly ms: number }
  | { readonly kind: 'focus'; readonly back: number; readonly leaves: boolean }
  | { readonly kind: 'elsewhere'; readonly text: string }
  | { readonly kind: 'protected'; readonly keys: number }
  | { readonly kind: 'click' }
  | { readonly kind: 'mistake' };

const happening: fc.Arbitrary<Happening> = fc.oneof(
  fc.record({
    kind: fc.constant('wait' as const),
    ms: fc.constantFrom(200, 1500, 2500, 5500, 9000, 20_000, 26_000, 31_000, 90_000),
  }),
  fc.record({
    kind: fc.constant('focus' as const),
    back: fc.constantFrom(50, 1500, 40_000),
    leaves: fc.boolean(),
  }),
  fc.record({
    kind: fc.constant('elsewhere' as const),
    text: fc.constantFrom('good morning ', 'yes', 'done\n'),
  }),
  fc.record({ kind: fc.constant('protected' as const), keys: fc.constantFrom(1, 5) }),
  fc.record({ kind: fc.constant('click' as const) }),
  fc.record({ kind: fc.constant('mistake' as const) }),
);

/** At which key (as a share of all) what happens. */
export const script = fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), happening), {
  maxLength: 8,
});

/** Lets it happen. */
function act(typist: ReturnType<typeof createTypist>, now: Happening): void {
  switch (now.kind) {
    case 'wait':
      typist.wait(now.ms);
      break;
    case 'focus':
      if (now.leaves) typist.key('alt+Tab');
      typist.typing.moved();
      typist.wait(now.back);
      typist.typing.moved();
      break;
    case 'elsewhere':
      typist.typing.moved();
      typist.type(now.text, 'gedit');
      typist.typing.moved();
      break;
    case 'protected':
      typist.typing.moved();
      for (let at = 0; at < now.keys; at += 1) typist.typing.unseen({ kind: 'letter' });
      typist.typing.moved();
      break;
    case 'click':
      typist.typing.strayed();
      break;
    case 'mistake':
      typist.key('q', 'BackSpace');
      break;
    default:
  }
}

/** Types `text` while things happen between the keys of a stretch of it; gives all that was ever kept. */
export function typeWith(
  typist: ReturnType<typeof createTypist>,
  text: string,
  plan: {
    readonly start: number;
    readonly length: number;
    readonly events: readonly (readonly [share: number, what: Happening])[];
    /** Milliseconds a key. */
    readonly speed: number;
  },
): readonly string[] {
  const at = plan.events
    .map(([share, what]) => [plan.start + Math.floor(share * plan.length), what] as const)
    .toSorted((a, b) => a[0] - b[0]);
  let index = 0;
  for (const character of text) {
    for (const [when, what] of at) if (when === index) act(typist, what);
    typist.type(character, 'Mousepad', plan.speed);
    index += 1;
  }
  typist.wait(60_000);
  return typist.everKept.map((typed) => typed.text);
}
