import { Line } from '../settings/Line.tsx';
import { useActions, useView } from '../store.ts';
import { strings } from '../strings.ts';
import { Switch } from './controls.tsx';

/** Whether the desktop may be told that an assistive technology is there. Nothing on platforms that have no such switch. */
export function Accessibility() {
  const { change } = useActions();
  const settings = useView((view) => view.settings);
  const words = strings.protection;
  if (!settings || !/Linux|BSD/.test(navigator.userAgent)) return null;
  return (
    <Line title={words.accessibility} hint={words.accessibilityHint}>
      <Switch
        label={words.accessibility}
        checked={settings.accessibility}
        onChange={(accessibility) => change({ accessibility })}
      />
    </Line>
  );
}
