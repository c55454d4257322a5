import { strings } from '../strings.ts';
import type { FitFigures, RewardCard, RewardVersion } from '../../src/model/learned.ts';
import { useView } from '../store.ts';
import { Button } from '../ui/Button.tsx';
import { appName, momentOf, numberOf } from '../ui/format.ts';
import { Heading, Loading, Note, Panel, Tag } from '../ui/parts.tsx';
import { useNow } from '../ui/useNow.ts';
import { useReward } from './useReward.ts';

const part = (value: number | null | undefined) =>
  value === null || value === undefined ? '–' : numberOf(value, 2);

/** The reward model's card: what it learnt from, how well it fits, every version, learn anew and roll back. */
export function RewardPart() {
  const { card, busy, train, use } = useReward();
  const learns = useView((view) => view.settings?.learning !== false);
  return (
    <section aria-label={strings.learning.card.title}>
      <Heading>{strings.learning.card.title}</Heading>
      <p className="mb-2.5 text-small text-dim">{strings.learning.card.lead}</p>
      {card === null && (
        <Panel>
          <Loading label={strings.learning.card.title} />
        </Panel>
      )}
      {card === 'failed' && <Note tone="warn">{strings.learning.card.failed}</Note>}
      {card !== null && card !== 'failed' && (
        <>
          <Answers card={card} />
          <Versions card={card} busy={busy} onUse={use} />
          {card.refused !== undefined && (
            <div role="status" className="mt-2.5">
              <Note tone="warn">{card.refused}</Note>
            </div>
          )}
          <div className="mt-3 flex flex-wrap items-center gap-3">
            <Button disabled={busy || !learns} onClick={train}>
              {busy ? strings.learning.card.training : strings.learning.card.train}
            </Button>
            {!learns && <p className="text-small text-dim">{strings.learning.card.off}</p>}
          </div>
          <p className="mt-2.5 text-small text-dim">{strings.learning.card.explain}</p>
          <details className="mt-1.5 text-small text-dim">
            <summary className="w-fit rounded underline decoration-mark underline-offset-2 hover:text-ink">
              {strings.learning.card.model}
            </summary>
            <p className="mt-1 max-w-[68ch] break-words whitespace-pre-line">{card.shipped}</p>
          </details>
        </>
      )}
    </section>
  );
}

function Answers({ card }: { readonly card: RewardCard }) {
  const counts = Object.entries(card.answers).filter(([, count]) => count > 0);
  const learnt = counts.reduce((sum, [, count]) => sum + count, 0);
  return (
    <p className="mb-2.5 text-small">
      {strings.learning.card.answers(learnt)}
      {counts.length > 0 && (
        <span className="text-dim">
          {' '}
          ({counts.map(([label, count]) => `${label} ${numberOf(count)}`).join(', ')})
        </span>
      )}
    </p>
  );
}

function Versions({
  card,
  busy,
  onUse,
}: {
  readonly card: RewardCard;
  readonly busy: boolean;
  readonly onUse: (id: string) => void;
}) {
  const now = useNow(60_000);
  const named = (version: RewardVersion) =>
    version.id === 'shipped'
      ? strings.learning.card.shipped
      : strings.learning.card.version(momentOf(version.at, now));
  return (
    <Panel className="overflow-hidden">
      <div tabIndex={0} role="group" aria-label={strings.learning.card.title} className="overflow-x-auto">
        <table className="w-full text-small whitespace-nowrap">
          <thead>
            <tr className="text-right text-dim">
              {Object.entries(strings.learning.card.columns).map(([key, each]) => (
                <th key={key} scope="col" className="px-2.5 py-2 font-medium first:pl-3.5 first:text-left">
                  {each}
                </th>
              ))}
              <td />
            </tr>
          </thead>
          <tbody>
            {card.versions.map((version) => (
              <tr key={version.id} className="border-t border-line">
                <th scope="row" className="px-2.5 py-1.5 pl-3.5 text-left font-normal">
                  {named(version)}
                  {places(version) !== '' && (
                    <span className="block max-w-64 truncate text-[12px] text-faint" title={places(version)}>
                      {places(version)}
                    </span>
                  )}
                </th>
                <td className="px-2.5 py-1.5 text-right">{numberOf(version.learntFrom)}</td>
                <Figures version={version} />
                <td
                  className="px-2.5 py-1.5 text-right"
                  title={strings.learning.card.leaningWords(version.bias)}
                >
                  {strings.learning.card.leaning(version.bias)}
                </td>
                <td className="py-1.5 pr-3.5 pl-2.5 text-right">
                  {version.inUse ? (
                    <Tag tone="accent">{strings.learning.card.inUse}</Tag>
                  ) : (
                    <Button
                      small
                      disabled={busy}
                      aria-label={strings.learning.card.takeLabel(named(version))}
                      onClick={() => onUse(version.id)}
                    >
                      {strings.learning.card.take}
                    </Button>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  );
}

/** Each figure on the held-back answers, with the shipped model's beside it. */
function Figures({ version: { figures } }: { readonly version: RewardVersion }) {
  const cell = 'px-2.5 py-1.5 text-right';
  if (!figures) {
    return (
      <td colSpan={3} className={`${cell} text-faint`}>
        –
      </td>
    );
  }
  const { here, shipped, majority } = figures;
  const said = (name: keyof Omit<FitFigures, 'answers'>) => (
    <td
      key={name}
      className={cell}
      title={`${strings.learning.card.here} ${part(here[name])}, ${strings.learning.card.beside} ${part(shipped[name])}, ${strings.learning.card.majority} ${part(majority[name])}. ${strings.learning.card.heldBack(here.answers)}`}
    >
      {part(here[name])} <span className="text-faint">({part(shipped[name])})</span>
    </td>
  );
  return <>{[said('accuracy'), said('auc'), said('logLoss')]}</>;
}

/** Apps and kinds in which this user differs from themselves elsewhere. */
function places({ apps, kinds }: RewardVersion): string {
  return [
    ...apps.map(({ app, bias }) => strings.learning.card.place(appName(app), bias)),
    ...kinds.map(({ kind, bias }) => strings.learning.card.place(kind.replace(/^pattern:/, ''), bias)),
  ].join(', ');
}
