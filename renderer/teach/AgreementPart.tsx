import { strings } from '../strings.ts';
import type { Agreement } from '../../src/model/annotation.ts';
import { Button } from '../ui/Button.tsx';
import { numberOf } from '../ui/format.ts';
import { Heading, Panel } from '../ui/parts.tsx';
import type { Teach } from './useTeach.ts';

const share = (part: number | null) => (part === null ? '–' : `${numberOf(100 * part, 1)} %`);
const kappa = (value: number | null) => (value === null ? '–' : numberOf(value, 2));

/** How far people agree over what this one has finished, and reward data from it. */
export function AgreementPart({ teach, any }: { readonly teach: Teach; readonly any: boolean }) {
  const { agreement, converted } = teach;
  const several = agreement !== null && agreement.annotators.length > 1;
  return (
    <>
      <Heading aside={several && strings.teaching.agreementOf(agreement.annotators, agreement.traces)}>
        {strings.teaching.agreement}
      </Heading>
      {several ? (
        <Table agreement={agreement} />
      ) : (
        <p className="text-small text-dim">{any ? strings.teaching.alone : strings.teaching.unfinished}</p>
      )}
      {any && (
        <>
          <Heading>{strings.teaching.rewardData}</Heading>
          <p className="mb-2.5 text-small text-dim">{strings.teaching.convertHint}</p>
          <Button onClick={teach.convert}>{strings.teaching.convert}</Button>
          <div role="status" className="mt-2 text-small">
            {converted && (
              <>
                <p>
                  {strings.teaching.converted(converted.rows, converted.windows)}{' '}
                  <code className="font-mono text-[12px] break-all text-dim">{converted.file}</code>
                </p>
                {Object.keys(converted.leftOut).length > 0 && (
                  <p className="text-dim">
                    {strings.teaching.leftOut(
                      Object.entries(converted.leftOut)
                        .map(([reason, count]) => `${reason} ${count}`)
                        .join(', '),
                    )}
                  </p>
                )}
              </>
            )}
          </div>
        </>
      )}
    </>
  );
}

function Table({ agreement }: { readonly agreement: Agreement }) {
  const { columns } = strings.teaching;
  const cell = 'px-2.5 py-1.5 text-right';
  return (
    <>
      <Panel className="overflow-hidden">
        <div tabIndex={0} role="group" aria-label={strings.teaching.agreement} className="overflow-x-auto">
          <table className="w-full text-small whitespace-nowrap">
            <thead>
              <tr className="text-right text-dim">
                {Object.entries(columns).map(([key, each]) => (
                  <th key={key} scope="col" className="px-2.5 py-2 font-medium first:pl-3.5 first:text-left">
                    {each}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {agreement.rows.map((row) => (
                <tr key={row.name} className="border-t border-line">
                  <th scope="row" className="px-2.5 py-1.5 pl-3.5 text-left font-normal">
                    {strings.teaching.rows[row.name]}
                  </th>
                  <td className={cell}>{share(row.verdict)}</td>
                  <td className={cell}>{share(row.majority)}</td>
                  <td className={cell}>{share(row.pairwise)}</td>
                  <td className={cell}>{kappa(row.cohen)}</td>
                  <td className={cell}>{kappa(row.fleiss)}</td>
                  <td className={cell}>{kappa(row.alpha)}</td>
                </tr>
              ))}
              {agreement.pairs.length > 1 &&
                agreement.pairs.map((pair) => (
                  <tr key={`${pair.a} ${pair.b}`} className="border-t border-line text-dim">
                    <th scope="row" className="px-2.5 py-1.5 pl-3.5 text-left font-normal">
                      {strings.teaching.pair(pair.a, pair.b)}
                    </th>
                    <td />
                    <td />
                    <td className={cell}>{share(pair.agree)}</td>
                    <td className={cell}>{kappa(pair.kappa)}</td>
                    <td />
                    <td />
                  </tr>
                ))}
              {agreement.references.map((row) => (
                <tr key={row.name} className="border-t border-line text-dim">
                  <th scope="row" className="px-2.5 py-1.5 pl-3.5 text-left font-normal">
                    {strings.teaching.references[row.name].name}
                  </th>
                  <td className={cell}>{`${numberOf(100 * row.verdict, 2, 0)} %`}</td>
                  <td colSpan={5} />
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </Panel>
      <dl className="mt-2.5 flex flex-col gap-1 text-small text-dim">
        {strings.teaching.explained.map(([name, words]) => (
          <div key={name}>
            <dt className="mr-1 inline font-medium">{`${name}:`}</dt>
            <dd className="inline">{words}</dd>
          </div>
        ))}
        {agreement.references.map(({ name }) => (
          <div key={name}>
            <dt className="mr-1 inline font-medium">{`${strings.teaching.references[name].name}:`}</dt>
            <dd className="inline">{strings.teaching.references[name].why}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}
