import { useState } from 'react';
import type { ModelChoice } from '../../src/contract.ts';
import { useActions, useAssistant, useView } from '../store.ts';
import { strings } from '../strings.ts';
import { Button } from '../ui/Button.tsx';
import { Confirm } from '../ui/Dialog.tsx';
import { bytesOf, dayOf, millisOf, numberOf, percentOf, sentenceOf } from '../ui/format.ts';
import { Note } from '../ui/parts.tsx';
import { useNow } from '../ui/useNow.ts';

/** What is known of an installed model on this machine: file, speed, whether it may speak; and what can be done with it. */
export function Details({ choice }: { readonly choice: ModelChoice }) {
  const { bridge, view } = useAssistant();
  const { fail } = useActions();
  const [found, setFound] = useState<string | null>(null);
  const [damaged, setDamaged] = useState(false);
  const [removing, setRemoving] = useState(false);
  const verifying = useView(({ progress }) => progress[`verify:${choice.alias}`]);
  const benching = useView(({ progress }) => progress[`bench:${choice.alias}`]);
  const busy = useView(({ progress }) =>
    Object.entries(progress).some(([task, { state }]) => task.startsWith('bench:') && state === 'running'),
  );
  const words = strings.shelf;
  const { alias, title } = choice;
  const runs = benching?.state === 'running';

  const read = async () => {
    try {
      const { state, sha256 } = await bridge.call('models.verify', { alias });
      setDamaged(state !== 'ready');
      setFound(state === 'ready' ? words.sound((sha256 ?? '').slice(0, 12)) : words[state]);
    } catch (thrown) {
      fail(thrown);
    }
  };
  const verify = () => void read();
  const told =
    verifying?.state === 'running'
      ? words.verifying(bytesOf(verifying.done), bytesOf(verifying.total))
      : runs
        ? benching.message === 'waiting'
          ? words.waiting
          : words.benching(benching.done, benching.total)
        : null;
  return (
    <div className="mt-2 text-small text-dim">
      <Figures choice={choice} />
      <p role="status">{told}</p>
      {found !== null && verifying?.state !== 'running' && (
        <div className="mt-1">{damaged ? <Note tone="bad">{found}</Note> : <p>{found}</p>}</div>
      )}
      {benching?.state === 'failed' && benching.message !== 'stopped' && (
        <div className="mt-1">
          <Note tone="bad">{words.benchFailed(sentenceOf(benching.message ?? ''))}</Note>
        </div>
      )}
      <div className="mt-1.5 flex flex-wrap gap-2">
        <Button
          small
          aria-label={words.verifyLabel(title)}
          disabled={verifying?.state === 'running'}
          onClick={verify}
        >
          {words.verify}
        </Button>
        {runs ? (
          <Button
            small
            aria-label={words.benchStop(title)}
            onClick={() => void bridge.call('models.stop', { alias, what: 'bench' }).catch(fail)}
          >
            {words.stop}
          </Button>
        ) : (
          <Button
            small
            aria-label={words.benchLabel(title)}
            disabled={busy}
            onClick={() => void bridge.call('models.bench', { alias }).catch(fail)}
          >
            {words.bench}
          </Button>
        )}
        {!choice.inUse && (
          <Button small look="danger" aria-label={words.removeLabel(title)} onClick={() => setRemoving(true)}>
            {words.remove}
          </Button>
        )}
      </div>
      {removing && (
        <Confirm
          title={words.removeAsk(title)}
          body={words.removeBody(bytesOf(choice.bytes))}
          action={words.remove}
          onClose={() => setRemoving(false)}
          onConfirm={() => {
            setRemoving(false);
            void bridge.call('models.remove', { alias }).then((models) => view.setState({ models }), fail);
          }}
        />
      )}
    </div>
  );
}

/** Speed, and what the measurement of its proposals showed. */
function Figures({ choice: { speed, measured } }: { readonly choice: ModelChoice }) {
  const now = useNow(60_000);
  const words = strings.shelf;
  const figures = speed && [
    [words.writes, words.perSecond(numberOf(speed.decodePerSecond, 0))],
    [words.reads, words.perSecond(numberOf(speed.prefillPerSecond, 0))],
    [words.first, millisOf(speed.firstTokenMs)],
    [words.memory, bytesOf(speed.memoryBytes)],
  ];
  return (
    <>
      {figures && (
        <dl className="flex flex-wrap gap-x-4">
          {figures.map(([name, value]) => (
            <div key={name} className="flex gap-1.5">
              <dt>{name}</dt>
              <dd className="text-ink">{value}</dd>
            </div>
          ))}
          <div className="text-faint">
            <dt className="sr-only">{words.bench}</dt>
            <dd>{words.measuredAt(dayOf(speed.at, now), speed.threads)}</dd>
          </div>
        </dl>
      )}
      {measured ? (
        <p>
          <span className="font-medium text-ink">{measured.shows ? words.may : words.mayNot}</span>{' '}
          {words.showed(
            measured.moments,
            percentOf(measured.parsed),
            measured.offers,
            measured.fitting === null ? null : percentOf(measured.fitting),
          )}
          {measured.reasons.length > 0 && ` ${measured.reasons.join('; ')}.`}{' '}
          <span className="text-faint">({dayOf(measured.at, now)})</span>
        </p>
      ) : (
        <p>{words.unmeasured}</p>
      )}
    </>
  );
}
