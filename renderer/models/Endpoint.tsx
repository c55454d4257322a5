import { useEffect, useState } from 'react';
import { EndpointAddress, isHere, type KeyPlace } from '../../src/model/endpoint.ts';
import { useActions, useAssistant, useView } from '../store.ts';
import { strings } from '../strings.ts';
import { Button } from '../ui/Button.tsx';
import { Confirm } from '../ui/Dialog.tsx';
import { millisOf, sentenceOf } from '../ui/format.ts';
import { Note, Panel, Tag } from '../ui/parts.tsx';

const FIELD =
  'mt-0.5 h-8 w-full rounded-lg border border-edge bg-surface px-2.5 text-ink placeholder:text-faint';

/** An OpenAI-compatible endpoint: named, tested with a made-up sentence, and only then turned on by the person. */
export function Endpoint() {
  const { bridge, view } = useAssistant();
  const { fail, change, chooseModel } = useActions();
  const saved = useView(({ settings }) => settings?.endpoint ?? null);
  const on = useView(({ settings }) => settings?.model.use === 'remote');
  const local = useView(
    ({ models }) => models.findLast((each) => each.installed && each.fits)?.alias ?? 'none',
  );
  const [url, setUrl] = useState(saved?.url ?? '');
  const [model, setModel] = useState(saved?.model ?? '');
  const [key, setKey] = useState('');
  const [place, setPlace] = useState<KeyPlace>('none');
  const [told, setTold] = useState<{ readonly good: boolean; readonly text: string } | null>(null);
  const [testing, setTesting] = useState(false);
  const [asking, setAsking] = useState(false);
  const words = strings.shelf;
  const address = EndpointAddress.safeParse(url.trim());
  const valid = address.success && model.trim() !== '';
  const given = address.success ? address.data : null;
  const host = given === null ? '' : new URL(given).host;
  const here = given !== null && isHere(given);
  useEffect(() => {
    if (given === null) return;
    let open = true;
    bridge.call('endpoint.key', { url: given }).then(
      (found) => open && setPlace(found.place),
      () => undefined,
    );
    return () => {
      open = false;
    };
  }, [bridge, given]);

  /** Keeps what is in the fields; the key leaves them at once. */
  const keep = async (): Promise<void> => {
    if (given === null) return;
    if (key.trim() !== '') {
      setPlace((await bridge.call('endpoint.keep', { url: given, key: key.trim() })).place);
      setKey('');
    }
    const settings = await bridge.call('settings.set', { endpoint: { url: given, model: model.trim() } });
    view.setState({ settings });
  };
  const save = () =>
    void keep().then(
      () => setTold({ good: true, text: words.saved }),
      (thrown: unknown) => setTold({ good: false, text: sentenceOf(thrown) }),
    );
  const test = () => {
    setTesting(true);
    setTold(null);
    void keep()
      .then(() => bridge.call('endpoint.test', { url: given ?? '', model: model.trim() }))
      .then(
        ({ ms, reply }) => setTold({ good: true, text: words.answered(millisOf(ms), reply) }),
        (thrown: unknown) => setTold({ good: false, text: sentenceOf(thrown) }),
      )
      .finally(() => setTesting(false));
  };
  const turnOn = () => {
    setAsking(false);
    void keep().then(() => chooseModel('remote'), fail);
  };
  return (
    <Panel className="px-4 py-3">
      <div className="flex flex-wrap items-start gap-x-3 gap-y-2">
        <p className="min-w-0 flex-[1_1_16rem] text-small text-dim">{words.endpointHint}</p>
        {on && (
          <>
            <Tag tone={here ? 'good' : 'warn'}>{words.on}</Tag>
            <Button
              small
              onClick={() => (local === 'none' ? change({ model: { use: 'none' } }) : chooseModel(local))}
            >
              {words.back}
            </Button>
          </>
        )}
      </div>
      <div className="mt-2 grid gap-2 sm:grid-cols-2">
        <label className="text-small text-dim">
          {words.url}
          <input
            type="url"
            value={url}
            spellCheck={false}
            placeholder={words.urlExample}
            onChange={(event) => setUrl(event.target.value)}
            className={FIELD}
          />
        </label>
        <label className="text-small text-dim">
          {words.model}
          <input
            value={model}
            spellCheck={false}
            maxLength={200}
            onChange={(event) => setModel(event.target.value)}
            className={FIELD}
          />
        </label>
        <label className="text-small text-dim sm:col-span-2">
          {words.key}
          <input
            type="password"
            value={key}
            autoComplete="off"
            maxLength={1000}
            onChange={(event) => setKey(event.target.value)}
            className={FIELD}
          />
        </label>
      </div>
      {url.trim() !== '' && !address.success && (
        <div className="mt-2">
          <Note tone="bad">{words.badUrl}</Note>
        </div>
      )}
      {given !== null && (
        <>
          <p className="mt-2 flex flex-wrap items-center gap-2 text-small text-dim">
            {words.keyHeld[place]}
            {(place === 'keyring' || place === 'file') && (
              <Button
                small
                look="ghost"
                onClick={() =>
                  void bridge
                    .call('endpoint.keep', { url: given, key: null })
                    .then((left) => setPlace(left.place), fail)
                }
              >
                {words.keyForget}
              </Button>
            )}
          </p>
          <div className="mt-2">
            {here ? (
              <p className="text-small text-dim">{words.here(host)}</p>
            ) : (
              <Note tone="warn">
                {words.leaves(host)} {given.startsWith('http:') && words.plain}
              </Note>
            )}
          </div>
        </>
      )}
      <div className="mt-3 flex flex-wrap gap-2">
        <Button disabled={!valid} onClick={save}>
          {words.save}
        </Button>
        <Button disabled={!valid || testing} onClick={test}>
          {testing ? words.testing : words.test}
        </Button>
        {!on && (
          <Button look="primary" disabled={!valid} onClick={() => (here ? turnOn() : setAsking(true))}>
            {words.turnOn}
          </Button>
        )}
      </div>
      <div role="status" className="mt-2 text-small">
        {told?.good === true && <p className="text-dim">{told.text}</p>}
        {told?.good === false && <Note tone="bad">{told.text}</Note>}
      </div>
      {asking && (
        <Confirm
          title={words.turnOnAsk(host)}
          body={words.leaves(host)}
          action={words.turnOn}
          onClose={() => setAsking(false)}
          onConfirm={turnOn}
        />
      )}
    </Panel>
  );
}
