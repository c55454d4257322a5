import type { Receipt } from '../../src/model/decision.ts';
import { strings } from '../strings.ts';
import { bytesOf, millisOf, numberOf } from '../ui/format.ts';
import { Heading, Panel } from '../ui/parts.tsx';

/** What the model calls behind it cost. */
export function Receipts({ receipts }: { readonly receipts: readonly Receipt[] }) {
  const words = strings.suggestion;
  const { columns } = words;
  return (
    <section>
      <Heading>{words.receipts}</Heading>
      {receipts.length === 0 ? (
        <p className="text-dim">{words.noReceipts}</p>
      ) : (
        <Panel className="overflow-x-auto">
          <div tabIndex={0} role="group" aria-label={words.receipts} className="overflow-x-auto">
            <table className="w-full text-small whitespace-nowrap">
              <thead>
                <tr className="text-left text-dim">
                  {Object.values(columns).map((each) => (
                    <th key={each} scope="col" className="px-3.5 py-2 font-medium">
                      {each}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {receipts.map((each) => (
                  <tr key={each.id} className="border-t border-line">
                    <td className="px-3.5 py-1.5">{each.purpose}</td>
                    <td className="px-3.5 py-1.5">{numberOf(each.promptTokens)}</td>
                    <td className="px-3.5 py-1.5">{numberOf(each.prefillTokens)}</td>
                    <td className="px-3.5 py-1.5">{numberOf(each.outputTokens)}</td>
                    <td className="px-3.5 py-1.5">{millisOf(each.firstTokenMs)}</td>
                    <td className="px-3.5 py-1.5">{millisOf(each.totalMs)}</td>
                    <td className="px-3.5 py-1.5">{bytesOf(each.memoryBytes)}</td>
                    <td className="px-3.5 py-1.5">{each.stop}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </Panel>
      )}
    </section>
  );
}
