import { useActions, useView } from '../store.ts';
import { strings } from '../strings.ts';
import { Eagerness } from '../today/Eagerness.tsx';
import { NumberField, Segments, Switch } from '../ui/controls.tsx';
import { Panel } from '../ui/parts.tsx';
import { Line } from './Line.tsx';
import { Muted } from './Muted.tsx';
import { Restraint } from './Restraint.tsx';
import { Section } from './Section.tsx';

/** How often and how suggestions come. */
export function Suggestions() {
  const { change } = useActions();
  const settings = useView((view) => view.settings);
  const words = strings.settings;
  if (!settings) return null;
  return (
    <Section name="suggestions">
      <Panel>
        <div className="px-4 py-3.5">
          <p className="font-medium">{strings.today.eager}</p>
          <Eagerness />
        </div>
        <Line title={words.mode} hint={words.modesHint[settings.mode]}>
          <Segments
            label={words.mode}
            value={settings.mode}
            choices={words.modes}
            onChange={(mode) => change({ mode })}
          />
        </Line>
        <Line title={words.cooldown}>
          <NumberField
            label={words.cooldown}
            unit={words.seconds}
            value={settings.cooldownSeconds}
            min={0}
            max={86_400}
            onCommit={(cooldownSeconds) => change({ cooldownSeconds })}
          />
        </Line>
        <Line title={words.cap}>
          <NumberField
            label={words.cap}
            unit=" "
            value={settings.dailyCap}
            min={0}
            max={1000}
            onCommit={(dailyCap) => change({ dailyCap })}
          />
        </Line>
        <Line title={words.card}>
          <NumberField
            label={words.card}
            unit={words.seconds}
            value={settings.cardSeconds}
            min={3}
            max={600}
            onCommit={(cardSeconds) => change({ cardSeconds })}
          />
        </Line>
        <Line title={words.snooze}>
          <NumberField
            label={words.snooze}
            unit={words.minutes}
            value={settings.snoozeMinutes}
            min={1}
            max={1440}
            onCommit={(snoozeMinutes) => change({ snoozeMinutes })}
          />
        </Line>
        <Line title={words.notifications} hint={words.notificationsHint}>
          <Switch
            label={words.notifications}
            checked={settings.notifications}
            onChange={(notifications) => change({ notifications })}
          />
        </Line>
        <Restraint />
        <Muted />
      </Panel>
    </Section>
  );
}
