import { Grid2x2 } from 'lucide-react';
import type { Cell, Insights } from '../../src/model/insights.ts';
import type { RejectReason } from '../../src/model/feedback.ts';
import { strings } from '../strings.ts';
import { numberOf, percentWords } from '../ui/format.ts';
import { Instead, Picture } from './Picture.tsx';
import type { Opened } from './RowsDialog.tsx';

const CELLS: readonly Cell[] = ['CD', 'FA', 'MN', 'NR'];
/** Right ones are filled, wrong ones hatched by a double border; the size of the number says how many. */
const LOOK: Readonly<Record<Cell, string>> = {
  CD: 'border-transparent bg-accent-soft',
  FA: 'border-4 border-double border-edge',
  MN: 'border-4 border-double border-edge',
  NR: 'border-transparent bg-accent-soft',
};

/** Need by offer: what was right, what was a false alarm, what was missed. */
export function Square({
  found: { cells, reasons, unlabelled },
  onOpen,
  again,
}: {
  readonly found: Insights;
  readonly onOpen: (opened: Opened) => void;
  readonly again: () => void;
}) {
  const words = strings.insights.square;
  const labelled = CELLS.reduce((sum, each) => sum + cells[each], 0);
  if (labelled === 0) {
    return (
      <Instead
        title={words.title}
        state="empty"
        icon={Grid2x2}
        empty={words.empty}
        emptyHint={words.emptyHint}
        again={again}
      />
    );
  }
  const open = (cell: Cell) => onOpen({ title: words.cells[cell], pick: { cell } });
  const offers = cells.CD + cells.FA;
  const given = (Object.entries(reasons) as [RejectReason, number][]).map(
    ([reason, count]) => `${strings.insights.reasons[reason]} ${numberOf(count)}`,
  );
  const field = (cell: Cell) => (
    <td key={cell} className="h-full p-0.5">
      <button
        type="button"
        onClick={() => open(cell)}
        className={`flex h-full min-h-[88px] w-full flex-col items-start rounded-lg border px-3 py-2 text-left hover:brightness-97 ${LOOK[cell]}`}
      >
        <span className="flex w-full items-baseline justify-between gap-2">
          <b className="text-[22px] leading-7 font-semibold tracking-[-0.02em]">{numberOf(cells[cell])}</b>
          <abbr title={words.cells[cell]} className="text-[12px] text-dim no-underline">
            {cell}
          </abbr>
        </span>
        <span className="text-small font-medium">{words.cells[cell]}</span>
        <span className="text-[12px] leading-4 text-dim">{words.what[cell]}</span>
      </button>
    </td>
  );
  return (
    <Picture
      title={words.title}
      says={words.says(labelled, unlabelled)}
      hint={words.hint}
      table={{
        columns: [words.columns.cell, words.columns.need, words.columns.offer, words.columns.count],
        rows: CELLS.map((cell) => ({
          key: cell,
          head: `${words.cells[cell]} (${cell})`,
          cells: [
            { text: cell === 'CD' || cell === 'MN' ? words.wanted : words.unwanted },
            { text: cell === 'CD' || cell === 'FA' ? words.offered : words.silent },
            { text: numberOf(cells[cell]), open: cells[cell] > 0 ? () => open(cell) : undefined },
          ],
        })),
      }}
    >
      <table className="h-px w-full table-fixed border-collapse text-small">
        <thead>
          <tr className="text-[12px] text-dim">
            <td className="w-[68px]" />
            <th scope="col" className="px-1 pb-1 text-left font-medium">
              {words.wanted}
            </th>
            <th scope="col" className="px-1 pb-1 text-left font-medium">
              {words.unwanted}
            </th>
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row" className="pr-2 text-left align-top text-[12px] leading-4 font-medium text-dim">
              {words.offered}
            </th>
            {field('CD')}
            {field('FA')}
          </tr>
          <tr>
            <th scope="row" className="pr-2 text-left align-top text-[12px] leading-4 font-medium text-dim">
              {words.silent}
            </th>
            {field('MN')}
            {field('NR')}
          </tr>
        </tbody>
      </table>
      <p className="mt-2 text-[12px] leading-4 text-dim">
        {offers > 0 && words.falseAlarm(percentWords(cells.FA / offers), cells.FA, offers)}{' '}
        {given.length > 0 && words.reasons(given.join(', '))}
      </p>
    </Picture>
  );
}
