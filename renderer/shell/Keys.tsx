import { chord } from '../keys.ts';
import { useActions } from '../store.ts';
import { strings } from '../strings.ts';
import { Dialog } from '../ui/Dialog.tsx';
import { Kbd } from '../ui/parts.tsx';
import { SCREENS } from '../view.ts';

/** Every key there is, by where it works. */
export function Keys() {
  const { setKeys } = useActions();
  const { keyList: words, status, palette, card, doing, timeline } = strings;
  const groups: readonly (readonly [string, readonly (readonly [string, readonly string[]])[]])[] = [
    [
      words.everywhere,
      [
        [words.commands, [chord('mod', 'K')]],
        [
          words.screens,
          SCREENS.map((_, at) => String(at + 1)).map((digit, at) => (at ? digit : chord('mod', digit))),
        ],
        [palette.search, ['/']],
        [`${status.pause}, ${status.resume}`, [chord('mod', 'shift', 'P')]],
        [status.need, [chord('mod', 'shift', 'H')]],
        [words.next, ['Tab', '⇧ Tab']],
        [words.this, ['?']],
      ],
    ],
    [
      words.card,
      [
        [card.accept, [chord('enter')]],
        [card.later, ['S']],
        [words.dismiss, [chord('esc')]],
        [words.reason, ['1', '2', '3', '4']],
        [doing.edit, ['E']],
        [words.undo, [chord('mod', 'Z')]],
      ],
    ],
    [
      words.timeline,
      [
        [words.move, ['↓', '↑']],
        [words.mark, ['␣']],
        [words.range, [words.shiftClick]],
        [timeline.delete, ['Del']],
      ],
    ],
    [
      words.labels,
      [
        [words.yes, ['Y', 'N', '␣']],
        [words.tasks, ['J', 'K', '1–9']],
        [words.none, ['N']],
        [words.go, [chord('enter')]],
        [words.back, ['U', 'B']],
        [words.leave, ['Q']],
      ],
    ],
  ];
  return (
    <Dialog title={words.title} wide onClose={() => setKeys(false)}>
      <div className="min-h-0 overflow-y-auto px-5 pb-5" tabIndex={0} role="group" aria-label={words.title}>
        <p className="text-small text-dim">{words.hint}</p>
        <div className="grid gap-x-8 sm:grid-cols-2">
          {groups.map(([title, lines]) => (
            <section key={title}>
              <h3 className="mt-4 mb-1.5 text-[13px] font-semibold text-dim">{title}</h3>
              <dl className="space-y-1.5 text-small">
                {lines.map(([does, keys]) => (
                  <div key={does} className="flex items-baseline justify-between gap-3">
                    <dt className="min-w-0">{does}</dt>
                    <dd className="flex shrink-0 gap-1">
                      <span className="sr-only">{keys.join(', ')}</span>
                      {keys.map((key) => (
                        <Kbd key={key}>{key}</Kbd>
                      ))}
                    </dd>
                  </div>
                ))}
              </dl>
            </section>
          ))}
        </div>
      </div>
    </Dialog>
  );
}
