import { strings } from '../strings.ts';
import { useActions, useView } from '../store.ts';
import { Segments, Switch } from '../ui/controls.tsx';
import { Line } from './Line.tsx';

const HOLDS = ['fullScreen', 'meetings', 'sharing', 'battery'] as const;

/** What holds every card back, and what is learnt from the answers. */
export function Restraint() {
  const { change } = useActions();
  const settings = useView((view) => view.settings);
  if (!settings) return null;
  const { holds, learn, audit } = strings.learning;
  const share = String(settings.auditShare);
  const choices =
    share in audit.choices ? audit.choices : { ...audit.choices, [share]: `${settings.auditShare}` };
  return (
    <>
      <fieldset className="border-t border-line px-4 py-2.5">
        <legend className="float-left font-medium">{holds.title}</legend>
        <p className="clear-left text-small text-dim">{holds.hint}</p>
        <ul className="mt-1.5">
          {HOLDS.map((each) => (
            <li key={each} className="flex items-center gap-4 py-1">
              <span className="min-w-0 flex-1">
                {holds[each]}
                {each === 'battery' && <span className="block text-small text-dim">{holds.batteryHint}</span>}
              </span>
              <Switch
                label={holds[each]}
                checked={settings.holds[each]}
                onChange={(on) => change({ holds: { [each]: on } })}
              />
            </li>
          ))}
        </ul>
      </fieldset>
      <Line title={learn.title} hint={learn.hint}>
        <Switch label={learn.title} checked={settings.learning} onChange={(on) => change({ learning: on })} />
      </Line>
      <Line title={audit.title} hint={audit.hint}>
        <Segments
          label={audit.title}
          value={share}
          choices={choices}
          onChange={(next) => change({ auditShare: Number(next) })}
        />
      </Line>
    </>
  );
}
