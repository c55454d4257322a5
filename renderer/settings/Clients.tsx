import { useState } from 'react';
import { useActions, useAssistant, useView } from '../store.ts';
import { strings } from '../strings.ts';
import { Button } from '../ui/Button.tsx';
import { Switch } from '../ui/controls.tsx';
import { CopyButton } from '../ui/CopyButton.tsx';
import { faultOf } from '../ui/format.ts';
import { Note, Panel, Tag } from '../ui/parts.tsx';
import { Section } from './Section.tsx';
import { Line } from './Line.tsx';
import { ListEditor } from './ListEditor.tsx';

const TONE = { off: 'quiet', starting: 'quiet', healthy: 'good', unhealthy: 'bad', missing: 'warn' } as const;

/** Browser and editor extensions of ActivityWatch: whether they are heard, whose, and by which key. */
export function Clients() {
  const { bridge } = useAssistant();
  const { change, fail } = useActions();
  const settings = useView((view) => view.settings?.activityWatch);
  const health = useView((view) => view.state?.sources.find((each) => each.name === 'activityWatch'));
  /** Shown until this screen is left; it can't be asked for again. */
  const [key, setKey] = useState<string | null>(null);
  const words = strings.settings.clients;
  if (!settings) return null;
  const renew = () => {
    bridge.call('activityWatch.renewKey', {}).then((made) => setKey(made.key), fail);
  };
  return (
    <Section name="extensions" aside={words.hint}>
      <Panel>
        <Line title={words.ingest} hint={words.stored}>
          {health && settings.ingest && (
            <Tag tone={TONE[health.state]}>{strings.settings.state[health.state]}</Tag>
          )}
          <Switch
            label={words.ingest}
            checked={settings.ingest}
            onChange={(ingest) => change({ activityWatch: { ingest } })}
          />
        </Line>
        {settings.ingest && health?.reason && (
          <div className="px-4 pb-3">
            {health.state === 'healthy' ? (
              <p className="text-small text-dim">{faultOf(health.reason)}</p>
            ) : (
              <Note tone={health.state === 'missing' ? 'warn' : 'bad'}>
                {faultOf(health.reason, health.mend)}
              </Note>
            )}
          </div>
        )}
        {settings.ingest && (
          <>
            <ListEditor
              title={words.origins}
              hint={words.originsHint}
              placeholder={words.addOrigin}
              items={settings.origins}
              onChange={(origins) => change({ activityWatch: { origins } })}
            />
            <Line title={words.needsKey} hint={words.needsKeyHint}>
              {settings.needsKey && <Button onClick={renew}>{words.renew}</Button>}
              <Switch
                label={words.needsKey}
                checked={settings.needsKey}
                onChange={(needsKey) => {
                  setKey(null);
                  change({ activityWatch: { needsKey } });
                }}
              />
            </Line>
            {settings.needsKey && key !== null && (
              <div role="status" className="flex flex-wrap items-center gap-2 px-4 pb-3">
                <code className="font-mono text-[12px] break-all">{key}</code>
                <CopyButton text={key} />
                <p className="w-full text-small text-dim">{words.once}</p>
              </div>
            )}
          </>
        )}
      </Panel>
    </Section>
  );
}
