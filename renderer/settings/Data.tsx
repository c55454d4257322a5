import { useEffect, useState } from 'react';
import { useActions, useAssistant, useView } from '../store.ts';
import { strings } from '../strings.ts';
import { ForgetRange } from '../timeline/ForgetRange.tsx';
import { ForgetSite } from '../timeline/ForgetSite.tsx';
import { Button } from '../ui/Button.tsx';
import { Confirm } from '../ui/Dialog.tsx';
import { bytesOf, sentenceOf } from '../ui/format.ts';
import { Note, Panel } from '../ui/parts.tsx';
import { Section } from './Section.tsx';
import { Line } from './Line.tsx';

/** Where everything lies, how it is locked, and how to be rid of it. */
export function Data() {
  const { bridge } = useAssistant();
  const { fail, forget, rotateKey, readCopies, setExporting } = useActions();
  const state = useView((view) => view.state);
  const [asking, setAsking] = useState<'range' | 'site' | 'everything' | 'key' | null>(null);
  const [typed, setTyped] = useState('');
  const copies = useView((view) => view.copies);
  useEffect(readCopies, [readCopies]);
  if (!state) return null;
  const { store, version, host } = state;
  const words = strings.settings;
  const lost = copies.filter(({ kind }) => kind !== 'archive' && kind !== 'export').length;
  const close = () => {
    setAsking(null);
    setTyped('');
  };
  return (
    <Section name="data">
      <Panel>
        <Line title={words.place} hint={words.size(bytesOf(store.bytes), store.events)}>
          <code className="max-w-full font-mono text-[12px] break-all text-dim">{store.place}</code>
          <Button onClick={() => void bridge.call('data.open', {}).catch(fail)}>
            {strings.keys.openFolder}
          </Button>
        </Line>
        <Line title={words.encryption} hint={store.encrypted ? words.encrypted[store.key] : words.plain}>
          {store.encrypted && <Button onClick={() => setAsking('key')}>{words.rotate}</Button>}
        </Line>
        {copies.length > 0 && (
          <Line title={words.copies} hint={words.copiesHint}>
            <ul className="w-full font-mono text-[12px] break-all text-dim">
              {copies.map(({ file }) => (
                <li key={file}>{file}</li>
              ))}
            </ul>
          </Line>
        )}
        {(store.warning || store.key === 'file' || !store.encrypted) && (
          <div className="px-4 pb-3">
            <Note tone="warn">{store.warning ? sentenceOf(store.warning) : words.keyWarning}</Note>
          </div>
        )}
        <div className="flex flex-wrap gap-2 border-t border-line px-4 py-3">
          <Button onClick={() => setExporting(true)}>{strings.exporting.open}</Button>
          <Button onClick={() => setAsking('range')}>{strings.timeline.forgetRange}</Button>
          <Button onClick={() => setAsking('site')}>{words.forgetSite}</Button>
          <Button look="danger" onClick={() => setAsking('everything')}>
            {words.everything}
          </Button>
        </div>
      </Panel>
      <p className="mt-3 text-small text-faint">{words.version(version, words.hosts[host])}</p>
      {asking === 'range' && <ForgetRange onClose={close} />}
      {asking === 'site' && <ForgetSite onClose={close} />}
      {asking === 'key' && (
        <Confirm
          title={words.rotateAsk}
          body={lost > 0 ? `${words.rotateBody} ${words.rotateLost(lost)}` : words.rotateBody}
          action={words.rotate.replace('…', '')}
          onClose={close}
          onConfirm={() => void rotateKey().then((worked) => worked && close())}
        />
      )}
      {asking === 'everything' && (
        <Confirm
          title={words.everythingAsk}
          body={words.everythingBody}
          action={words.everything.replace('…', '')}
          disabled={typed.trim().toLowerCase() !== words.everythingWord}
          onClose={close}
          onConfirm={() => void forget({ everything: true }).then((worked) => worked && close())}
        >
          <label className="mt-4 block text-small text-dim">
            {words.everythingType(words.everythingWord)}
            <input
              value={typed}
              autoComplete="off"
              data-first
              onChange={(event) => setTyped(event.target.value)}
              className="mt-1 h-8 w-full rounded-lg border border-edge bg-surface px-2.5 text-ink"
            />
          </label>
        </Confirm>
      )}
    </Section>
  );
}
