import { useEffect, useState } from 'react';
import { useActions, useAssistant, useView } from '../store.ts';
import { strings } from '../strings.ts';
import { faultOf } from '../ui/format.ts';
import { Note, Panel } from '../ui/parts.tsx';
import { Section } from './Section.tsx';
import { ListEditor } from './ListEditor.tsx';

/** Apps whose typed text may be kept: none until chosen, with what exactly that keeps and a sample of it. */
export function TypedText() {
  const { bridge } = useAssistant();
  const { change } = useActions();
  const settings = useView((view) => view.settings);
  const link = useView((view) => view.link);
  const health = useView((view) => view.state?.sources);
  const [stored, setStored] = useState<string | null>(null);
  const chosen = settings?.typedApps.length ?? 0;
  useEffect(() => {
    if (link !== 'open') return;
    let open = true;
    void bridge.call('privacy.sample', { source: 'typed' }).then(
      (sample) => open && setStored(sample.stored),
      () => undefined,
    );
    return () => {
      open = false;
    };
  }, [bridge, link]);
  if (!settings) return null;
  const words = strings.typed;
  const keyboard = health?.find((each) => each.name.startsWith('keyboard'));
  return (
    <Section name="typed" aside={chosen === 0 ? words.off : words.on(chosen)}>
      <Panel>
        <div className="px-4 py-3">
          <p className="text-dim">{words.what(settings.retentionDays.keyboard)}</p>
          <p className="mt-1.5 text-dim">{words.never}</p>
          <dl className="mt-2 grid grid-cols-[minmax(52px,max-content)_minmax(0,1fr)] gap-x-2 rounded-lg bg-bg px-2.5 py-1.5 text-small">
            <dt className="text-dim">{words.typed}</dt>
            <dd className="break-words">{words.example}</dd>
            {stored && (
              <>
                <dt className="text-dim">{strings.settings.stored}</dt>
                <dd className="break-words">{stored}</dd>
              </>
            )}
          </dl>
        </div>
        <ListEditor
          title={words.apps}
          hint={words.appsHint}
          placeholder={words.addApp}
          items={settings.typedApps}
          onChange={(typedApps) => change({ typedApps })}
        />
        {chosen > 0 && !settings.sources.keyboard && (
          <div className="px-4 pb-3">
            <Note tone="warn">{words.keyboardOff}</Note>
          </div>
        )}
        {chosen > 0 && !settings.accessibility && (
          <p className="px-4 pb-3 text-small text-dim">{words.accessibilityOff}</p>
        )}
        {chosen > 0 && keyboard?.state === 'healthy' && keyboard.reason && (
          <div className="px-4 pb-3">
            <Note tone="warn">{faultOf(keyboard.reason)}</Note>
          </div>
        )}
      </Panel>
    </Section>
  );
}
