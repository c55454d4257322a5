import { strings } from '../strings.ts';
import { Receipt } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { ReceiptDay, Receipts } from '../../src/model/receipts.ts';
import { useActions, useAssistant } from '../store.ts';
import { Dialog } from '../ui/Dialog.tsx';
import { numberOf, percentOf } from '../ui/format.ts';
import { Empty, Loading } from '../ui/parts.tsx';

const whole = (count: number) => numberOf(Math.round(count));

/** What the model cost, a row a day. */
export function ReceiptDays({ onClose }: { readonly onClose: () => void }) {
  const { bridge } = useAssistant();
  const { fail } = useActions();
  const [found, setFound] = useState<Receipts | null>(null);
  useEffect(() => {
    void bridge.call('receipts.days', { days: 30 }).then(setFound, (thrown: unknown) => {
      fail(thrown);
      setFound({ days: [], power: strings.learning.receipts.failed });
    });
  }, [bridge, fail]);
  return (
    <Dialog title={strings.learning.receipts.title} wide onClose={onClose}>
      <div className="min-h-0 overflow-y-auto px-2 pb-3">
        {!found && <Loading label={strings.learning.receipts.title} rows={4} />}
        {found?.days.length === 0 && <Empty icon={Receipt} title={strings.learning.receipts.empty} />}
        {found && found.days.length > 0 && (
          <div
            tabIndex={0}
            role="group"
            aria-label={strings.learning.receipts.title}
            className="overflow-x-auto"
          >
            <table className="w-full text-small whitespace-nowrap">
              <thead>
                <tr className="text-right text-dim">
                  {Object.entries(strings.learning.receipts.columns).map(([key, each]) => (
                    <th
                      key={key}
                      scope="col"
                      className="px-2 py-1.5 align-bottom leading-4 font-medium whitespace-normal first:pl-2.5 first:text-left"
                    >
                      {each}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {found.days.map((day) => (
                  <Row key={day.day} day={day} />
                ))}
              </tbody>
            </table>
          </div>
        )}
        {found && <p className="px-2.5 pt-2 text-small text-dim">{found.power}</p>}
      </div>
    </Dialog>
  );
}

function Row({ day }: { readonly day: ReceiptDay }) {
  const without = day.turns === 0 ? '–' : `${percentOf(1 - Math.min(1, day.inferences / day.turns))} %`;
  const cells = [
    whole(day.turns),
    without,
    whole(day.inferences),
    whole(day.prefillTokens),
    whole(day.promptTokens),
    whole(day.outputTokens),
    numberOf(day.seconds, 1),
    day.joules === null ? strings.learning.receipts.unknown : whole(day.joules),
  ];
  return (
    <tr className="border-t border-line">
      <th scope="row" className="px-2.5 py-1.5 text-left font-normal">
        <time dateTime={day.day}>{day.day}</time>
      </th>
      {cells.map((cell, at) => (
        <td key={at} className="px-2 py-1.5 text-right">
          {cell}
        </td>
      ))}
    </tr>
  );
}
