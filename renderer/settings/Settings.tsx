import { useEffect, useState } from 'react';
import { useActions, useView } from '../store.ts';
import { languageNames, strings } from '../strings.ts';
import { readTheme, setTheme } from '../theme.ts';
import { NumberField, Segments } from '../ui/controls.tsx';
import { Models } from '../ui/Models.tsx';
import { Panel } from '../ui/parts.tsx';
import { Sources } from '../ui/Sources.tsx';
import { Clients } from './Clients.tsx';
import { Contents } from './Contents.tsx';
import { Data } from './Data.tsx';
import { HoursEditor } from './HoursEditor.tsx';
import { Journal } from './Journal.tsx';
import { Line } from './Line.tsx';
import { ListEditor } from './ListEditor.tsx';
import { Program } from './Program.tsx';
import { PrivacyReport } from './PrivacyReport.tsx';
import { Prompt } from './Prompt.tsx';
import { Protection } from './Protection.tsx';
import { Retention } from './Retention.tsx';
import { Section, Shown } from './Section.tsx';
import { matching, reach, type SectionName, sectionOf, SECTIONS } from './sections.ts';
import { Shortcuts } from './Shortcuts.tsx';
import { Suggestions } from './Suggestions.tsx';
import { Tools } from './Tools.tsx';
import { TypedText } from './TypedText.tsx';

/** Every setting; each takes effect when it is changed. What is watched comes first, then what is made of it. */
export function Settings() {
  const { change } = useActions();
  const settings = useView((view) => view.settings);
  const [theme, choose] = useState(readTheme);
  const [search, setSearch] = useState('');
  const [shown, setShown] = useState<ReadonlySet<SectionName>>(() => new Set(SECTIONS));
  const ready = settings !== null;
  const words = strings.settings;
  // An address may name a part, from the palette or from outside.
  useEffect(() => {
    if (!ready) return;
    const follow = () => {
      const part = sectionOf(location.hash);
      if (part) reach(part);
    };
    follow();
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
  }, [ready]);
  const find = (text: string) => {
    setSearch(text);
    setShown(matching(text));
  };
  if (!settings) return null;
  return (
    <div className="flex-1 overflow-y-auto [scrollbar-gutter:stable]">
      <div className="max-w-[760px] px-4 pb-60 sm:px-8">
        <h1 className="sr-only">{words.title}</h1>
        <Contents search={search} shown={shown} onSearch={find} />
        <Shown value={shown}>
          <Section name="sources" aside={words.sourcesHint}>
            <Sources />
            <Panel className="mt-3">
              <ListEditor
                title={words.folders}
                hint={words.foldersHint}
                placeholder={words.addFolder}
                items={settings.folders}
                onChange={(folders) => change({ folders })}
              />
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
            </Panel>
          </Section>
          <Protection />
          <TypedText />
          <Clients />
          <Section name="hours">
            <Panel>
              <HoursEditor
                title={words.watchHours}
                hint={words.watchHoursHint}
                items={settings.watchHours}
                onChange={(watchHours) => change({ watchHours })}
              />
              <HoursEditor
                title={words.quietHours}
                hint={words.quietHoursHint}
                items={settings.quietHours}
                onChange={(quietHours) => change({ quietHours })}
              />
            </Panel>
          </Section>
          <Suggestions />
          <Shortcuts />
          <Section name="model" aside={words.modelHint}>
            <Models />
            <Prompt />
          </Section>
          <Tools />
          <PrivacyReport />
          <Retention />
          <Data />
          <Journal />
          <Section name="appearance">
            <Panel>
              <Line title={words.language}>
                <Segments
                  label={words.language}
                  value={settings.language}
                  choices={{ system: words.languageSystem, ...languageNames() }}
                  onChange={(language) => change({ language })}
                />
              </Line>
              <Line title={words.theme}>
                <Segments
                  label={words.theme}
                  value={theme}
                  choices={words.themes}
                  onChange={(next) => {
                    choose(next);
                    setTheme(next);
                  }}
                />
              </Line>
            </Panel>
          </Section>
          <Program />
        </Shown>
      </div>
    </div>
  );
}
