import { useState } from 'react';
import { useActions, useView } from '../store.ts';
import { strings } from '../strings.ts';
import { readTheme, setTheme } from '../theme.ts';
import { Eagerness } from '../today/Eagerness.tsx';
import { NumberField, Segments, Switch } from '../ui/controls.tsx';
import { Models } from '../ui/Models.tsx';
import { Heading, Panel } from '../ui/parts.tsx';
import { Sources } from '../ui/Sources.tsx';
import { Clients } from './Clients.tsx';
import { Data } from './Data.tsx';
import { HoursEditor } from './HoursEditor.tsx';
import { Line } from './Line.tsx';
import { Protection } from './Protection.tsx';
import { PrivacyReport } from './PrivacyReport.tsx';
import { ListEditor } from './ListEditor.tsx';
import { TypedText } from './TypedText.tsx';
import { Retention } from './Retention.tsx';

/** Every setting; each takes effect when it is changed. */
export function Settings() {
  const { change } = useActions();
  const settings = useView((view) => view.settings);
  const [theme, choose] = useState(readTheme);
  const words = strings.settings;
  if (!settings) return null;
  return (
    <div className="flex-1 overflow-y-auto [scrollbar-gutter:stable]">
      <div className="max-w-[760px] px-4 pb-60 sm:px-8">
        <h1 className="sr-only">{words.title}</h1>
        <Heading aside={words.sourcesHint}>{words.sources}</Heading>
        <Sources />
        <Panel className="mt-3">
          <ListEditor
            title={words.folders}
            hint={words.foldersHint}
            placeholder={words.addFolder}
            items={settings.folders}
            onChange={(folders) => change({ folders })}
          />
          <HoursEditor
            title={words.watchHours}
            hint={words.watchHoursHint}
            items={settings.watchHours}
            onChange={(watchHours) => change({ watchHours })}
          />
        </Panel>
        <Protection />
        <TypedText />
        <Clients />

        <Heading>{words.suggestions}</Heading>
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
          <Line title={words.afk}>
            <NumberField
              label={words.afk}
              unit={words.seconds}
              value={settings.afkSeconds}
              min={10}
              max={3600}
              onCommit={(afkSeconds) => change({ afkSeconds })}
            />
          </Line>
          <Line title={words.notifications} hint={words.notificationsHint}>
            <Switch
              label={words.notifications}
              checked={settings.notifications}
              onChange={(notifications) => change({ notifications })}
            />
          </Line>
          <HoursEditor
            title={words.quietHours}
            hint={words.quietHoursHint}
            items={settings.quietHours}
            onChange={(quietHours) => change({ quietHours })}
          />
        </Panel>

        <Heading aside={words.modelHint}>{words.model}</Heading>
        <Models />

        <Heading>{words.appearance}</Heading>
        <Panel>
          <Line title={words.appearance}>
            <Segments
              label={words.appearance}
              value={theme}
              choices={words.themes}
              onChange={(next) => {
                choose(next);
                setTheme(next);
              }}
            />
          </Line>
        </Panel>
        <PrivacyReport />
        <Retention />
        <Data />
      </div>
    </div>
  );
}
