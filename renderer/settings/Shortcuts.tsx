import { X } from 'lucide-react';
import { useState, type KeyboardEvent } from 'react';
import type { ShortcutState } from '../../src/model/chord.ts';
import { Accelerator, SHORTCUTS, type ShortcutName } from '../../src/model/shortcut.ts';
import { printed } from '../keys.ts';
import { useActions, useView } from '../store.ts';
import { strings } from '../strings.ts';
import { Button, IconButton } from '../ui/Button.tsx';
import { Note, Panel } from '../ui/parts.tsx';
import { Line } from './Line.tsx';
import { Section } from './Section.tsx';

/** Names of `KeyboardEvent.code` that accelerators spell otherwise. */
const SPELT: Readonly<Record<string, string>> = {
  ArrowUp: 'Up',
  ArrowDown: 'Down',
  ArrowLeft: 'Left',
  ArrowRight: 'Right',
  Enter: 'Return',
};
const MODIFIERS = ['Control', 'Alt', 'Shift', 'Meta', 'AltGraph', 'OS'];

/** Pressed keys as an accelerator, whether or not it is a good one. */
function pressed(event: KeyboardEvent): string {
  const key = SPELT[event.code] ?? event.code.replace(/^(?:Key|Digit)(?=.$)/, '');
  const mac = /Mac/.test(navigator.userAgent);
  return [
    (mac ? event.metaKey : event.ctrlKey) && 'CommandOrControl',
    event.altKey && 'Alt',
    event.shiftKey && 'Shift',
    !mac && event.metaKey && 'Super',
    key,
  ]
    .filter((each) => each !== false)
    .join('+');
}

/** Why keys were not lent, in the language in force. */
function whyNot({ code, keys, reason }: ShortcutState): string | undefined {
  return code ? strings.refusals[code](printed(keys ?? '')) : reason;
}

/** The keys that work in every app: changed by pressing others. */
export function Shortcuts() {
  const { change } = useActions();
  const shortcuts = useView((view) => view.settings?.shortcuts);
  const told = useView((view) => view.state?.shortcuts);
  const [asking, setAsking] = useState<ShortcutName | null>(null);
  const [fault, setFault] = useState<{ readonly of: ShortcutName; readonly text: string } | null>(null);
  const words = strings.keys;
  if (!shortcuts) return null;

  const take = (name: ShortcutName, event: KeyboardEvent) => {
    if (event.key === 'Tab' && !event.ctrlKey && !event.altKey && !event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === 'Escape') {
      setAsking(null);
      setFault(null);
      return;
    }
    if (MODIFIERS.includes(event.key)) return;
    const wanted = Accelerator.safeParse(pressed(event));
    if (!wanted.success) {
      setFault({ of: name, text: words.bad });
      return;
    }
    const other = SHORTCUTS.find((each) => each !== name && shortcuts[each] === wanted.data);
    if (other) {
      setFault({ of: name, text: words.same(printed(wanted.data), words.names[other]) });
      return;
    }
    setFault(null);
    setAsking(null);
    change({ shortcuts: { [name]: wanted.data } });
  };
  return (
    <Section name="shortcuts" aside={words.hint}>
      <Panel>
        {SHORTCUTS.map((name) => {
          const held = shortcuts[name];
          const state = told?.find((each) => each.name === name && each.state === 'refused');
          const problem = state && whyNot(state);
          return (
            <div key={name} className="border-t border-line first:border-t-0">
              <Line title={words.names[name]} {...(asking === name && { hint: words.cancel })}>
                <Button
                  onClick={() => {
                    setAsking(name);
                    setFault(null);
                  }}
                  onBlur={() => {
                    if (asking === name) setAsking(null);
                  }}
                  {...(asking === name && { onKeyDown: (event: KeyboardEvent) => take(name, event) })}
                >
                  <span className="sr-only">{words.change(words.names[name])}</span>
                  {asking === name ? words.press : held === null ? words.none : printed(held)}
                </Button>
                <IconButton
                  label={words.clear(words.names[name])}
                  disabled={held === null}
                  className="disabled:invisible"
                  onClick={() => change({ shortcuts: { [name]: null } })}
                >
                  <X className="size-3.5" />
                </IconButton>
              </Line>
              {(fault?.of === name || problem !== undefined) && (
                <div role="alert" className="px-4 pb-3">
                  <Note tone="warn">{fault?.of === name ? fault.text : problem}</Note>
                </div>
              )}
            </div>
          );
        })}
      </Panel>
    </Section>
  );
}
