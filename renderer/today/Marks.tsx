import { useLayoutEffect, useRef, useState } from 'react';
import type { Suggestion, SuggestionState } from '../../src/model/suggestion.ts';
import { useActions } from '../store.ts';
import { strings } from '../strings.ts';
import { timeOf } from '../ui/format.ts';
import { Menu } from '../ui/Menu.tsx';

/** Room for a number, px; a pointer needs 24 (WCAG 2.5.8). */
const TARGET = 28;
/** Lines of a menu of suggestions that are too close together for marks of their own. */
const MOST = 12;

/** Accepted is a disc, dismissed a circle, all else a bar: shapes, not colours alone. */
const SHAPE: Partial<Record<SuggestionState, string>> = {
  accepted: 'size-2 rounded-full bg-accent',
  rejected: 'size-2 rounded-full border-2 border-dim',
};
const BUTTON = 'absolute top-0 grid h-6 w-6 -translate-x-1/2 place-items-center rounded-full';

/** Suggestions as marks below the day strip; those that would lie on each other are one mark with their number. */
export function Marks({
  suggestions,
  from,
  to,
}: {
  readonly suggestions: readonly Suggestion[];
  /** Both ends of the strip, epoch ms. */
  readonly from: number;
  readonly to: number;
}) {
  const { go } = useActions();
  const strip = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const element = strip.current;
    if (!element) return undefined;
    const measure = () => setWidth(element.clientWidth);
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  const within = suggestions.filter((each) => each.at >= from && each.at <= to);
  return (
    <div ref={strip} className="relative h-6">
      {width > 0 &&
        gathered(within, ((to - from) * TARGET) / width).map((group) => {
          const [first] = group;
          const style = { left: `${((middle(group) - from) / (to - from)) * 100}%` };
          if (!first) return null;
          if (group.length === 1) {
            return (
              <button
                key={first.id}
                type="button"
                aria-label={nameOf(first)}
                title={nameOf(first)}
                onClick={() => go({ name: 'suggestion', id: first.id })}
                className={BUTTON}
                style={style}
              >
                <span className={SHAPE[first.state] ?? 'h-2 w-0.5 rounded-sm bg-mark'} />
              </button>
            );
          }
          const items = group.slice(0, MOST).map((each) => ({
            label: nameOf(each),
            onSelect: () => go({ name: 'suggestion', id: each.id }),
          }));
          const label = strings.today.marks(
            group.length,
            timeOf(group.at(-1)?.at ?? first.at),
            timeOf(first.at),
          );
          return (
            <Menu key={first.id} items={items}>
              <button
                type="button"
                aria-label={label}
                title={label}
                className={`${BUTTON} border border-edge text-tiny text-dim`}
                style={style}
              >
                {group.length}
              </button>
            </Menu>
          );
        })}
    </div>
  );
}

/** Newest first, in groups whose middles are at least `gap` ms apart. */
function gathered(suggestions: readonly Suggestion[], gap: number): readonly (readonly Suggestion[])[] {
  const groups: Suggestion[][] = [];
  for (const each of suggestions.toSorted((a, b) => b.at - a.at)) {
    groups.push([each]);
    // A group that grows moves, and may come too close to the one before it.
    for (let last = groups.at(-1), before = groups.at(-2); last && before; before = groups.at(-2)) {
      if (middle(before) - middle(last) >= gap) break;
      groups.splice(-2, 2, [...before, ...last]);
      last = groups.at(-1)!;
    }
  }
  return groups;
}

const middle = (group: readonly Suggestion[]) =>
  group.reduce((sum, each) => sum + each.at, 0) / Math.max(1, group.length);

const nameOf = (each: Suggestion) =>
  strings.today.mark(strings.states[each.state], each.proposal.task, timeOf(each.at));
