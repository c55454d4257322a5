import { useEffect, useState } from 'react';
import type { Health } from '../../src/model/monitor.ts';
import { useActions, useAssistant, useView } from '../store.ts';
import { sourceWords } from '../../src/model/sourceWords.ts';
import { language, strings } from '../strings.ts';
import { faultOf, timeOf } from './format.ts';
import { Switch } from './controls.tsx';
import { Note, Panel, Tag } from './parts.tsx';

const NAMES = ['window', 'clipboard', 'files', 'keyboard', 'idle'] as const;
type Name = (typeof NAMES)[number];
type Sample = { readonly stored: string; readonly never: string };

const TONE = { off: 'quiet', starting: 'quiet', healthy: 'good', unhealthy: 'bad', missing: 'warn' } as const;

/** The sources with switch and health, each with a sample the real redaction made just now. */
export function Sources() {
  const { bridge } = useAssistant();
  const { change } = useActions();
  const settings = useView((view) => view.settings);
  const health = useView((view) => view.state?.sources);
  const link = useView((view) => view.link);
  const [samples, setSamples] = useState<Partial<Record<Name, Sample>>>({});
  useEffect(() => {
    if (link !== 'open') return;
    for (const source of NAMES) {
      void bridge.call('privacy.sample', { source }).then(
        (sample) => setSamples((held) => ({ ...held, [source]: sample })),
        () => undefined,
      );
    }
  }, [bridge, link]);
  if (!settings) return null;
  return (
    <Panel className="overflow-hidden">
      <ul aria-label={strings.settings.sections.sources}>
        {NAMES.map((name) => {
          const words = strings.sources[name];
          const state = health && healthOf(health, name);
          const sample = samples[name];
          return (
            <li key={name} className="border-t border-line px-4 py-3 first:border-t-0">
              <div className="flex items-center gap-3">
                <div className="min-w-0 flex-1">
                  <p className="font-medium">{words.title}</p>
                  <p className="text-small text-dim">{words.body}</p>
                </div>
                {state && settings.sources[name] && (
                  <Tag tone={TONE[state.state]}>{strings.settings.state[state.state]}</Tag>
                )}
                <Switch
                  label={words.title}
                  checked={settings.sources[name]}
                  onChange={(on) => change({ sources: { [name]: on } })}
                />
              </div>
              {sample && (
                <dl className="mt-2 grid grid-cols-[minmax(56px,max-content)_minmax(0,1fr)] gap-x-2 rounded-lg bg-bg px-2.5 py-1.5 text-small">
                  <dt className="text-dim">{strings.settings.stored}</dt>
                  <dd className="break-words">{sample.stored}</dd>
                  <dt className="text-dim">{strings.settings.never}</dt>
                  <dd className="break-words text-dim">
                    {sourceWords(name === 'files' ? 'file' : name, settings.typedApps, language).never}
                  </dd>
                  {state?.state === 'healthy' && state.provenAt !== undefined && settings.sources[name] && (
                    <>
                      <dt className="text-dim">{strings.settings.proven}</dt>
                      <dd className="break-words text-dim">
                        {strings.settings.provenBy(timeOf(state.provenAt), state.proof)}
                      </dd>
                    </>
                  )}
                </dl>
              )}
              {state?.reason && settings.sources[name] && (
                <div className="mt-2">
                  <Note tone={state.state === 'unhealthy' ? 'bad' : 'warn'}>
                    {faultOf(state.reason, state.mend)}
                  </Note>
                </div>
              )}
            </li>
          );
        })}
      </ul>
    </Panel>
  );
}

/** A monitor may be named by its source, with or without a platform or a plural. */
function healthOf(all: readonly Health[], name: Name): Health | undefined {
  return all.find(
    (each) => each.name === name || each.name.split(':')[0]?.startsWith(name.replace(/s$/, '')),
  );
}
