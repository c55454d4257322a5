import { useActions, useView } from '../store.ts';
import { strings } from '../strings.ts';
import { NumberField } from '../ui/controls.tsx';
import { Panel } from '../ui/parts.tsx';
import { Section } from './Section.tsx';
import { Line } from './Line.tsx';

/** How many days each source is kept. */
export function Retention() {
  const { change } = useActions();
  const settings = useView((view) => view.settings);
  if (!settings) return null;
  const words = strings.settings;
  const names = words.retentionOf;
  return (
    <Section name="retention">
      <p className="mb-2 text-small text-dim">{words.retentionHint}</p>
      <Panel>
        {(Object.keys(names) as (keyof typeof names)[]).map((source) => (
          <Line key={source} title={names[source]}>
            <NumberField
              label={names[source]}
              unit={words.retentionDays}
              value={settings.retentionDays[source]}
              min={1}
              max={3650}
              onCommit={(days) => change({ retentionDays: { [source]: days } })}
            />
          </Line>
        ))}
      </Panel>
    </Section>
  );
}
