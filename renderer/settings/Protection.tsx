import { useActions, useView } from '../store.ts';
import { strings } from '../strings.ts';
import { Accessibility } from '../ui/Accessibility.tsx';
import { Panel } from '../ui/parts.tsx';
import { Section } from './Section.tsx';
import { Exclusions } from './Exclusions.tsx';
import { ListEditor } from './ListEditor.tsx';

/** What is never looked at, and the few things a person may open up. */
export function Protection() {
  const { change } = useActions();
  const settings = useView((view) => view.settings);
  const words = strings.protection;
  if (!settings) return null;
  return (
    <Section name="protection" aside={words.hint}>
      <Panel className="overflow-hidden">
        <ListEditor
          title={words.apps}
          hint={words.appsHint}
          placeholder={words.addApp}
          items={settings.excludedApps}
          onChange={(excludedApps) => change({ excludedApps })}
        />
        <ListEditor
          title={words.titles}
          hint={words.titlesHint}
          placeholder={words.addTitle}
          items={settings.excludedTitles}
          onChange={(excludedTitles) => change({ excludedTitles })}
        />
        <ListEditor
          title={words.sites}
          hint={words.sitesHint}
          placeholder={words.addSite}
          items={settings.excludedSites}
          onChange={(excludedSites) => change({ excludedSites })}
        />
        <Exclusions allowed={settings.allowed} onChange={(allowed) => change({ allowed })} />
        <Accessibility />
        <ListEditor
          title={words.browsers}
          hint={words.browsersHint}
          placeholder={words.addBrowser}
          items={settings.trustedBrowsers}
          onChange={(trustedBrowsers) => change({ trustedBrowsers })}
        />
      </Panel>
    </Section>
  );
}
