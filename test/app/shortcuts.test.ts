import { expect, it } from 'vitest';
import { createShortcuts } from '../../src/app/shortcuts.ts';
import { chordWords, readChord } from '../../src/model/chord.ts';
import { Shortcuts } from '../../src/model/shortcut.ts';
import type { Refusals, ShortcutsPort } from '../../src/model/ports.ts';
import { createNodeShortcuts } from '../../src/ports/shortcuts.ts';

function make(refusals: Refusals = {}) {
  let wanted = Shortcuts.parse({});
  let press: (keys: string) => void = () => {};
  const taken: (readonly string[])[] = [];
  const did: string[] = [];
  const errors: unknown[] = [];
  const port: ShortcutsPort = {
    async take(keys) {
      taken.push(keys);
      return refusals;
    },
    onPressed: (listener) => (press = listener),
    onChanged: () => {},
    close: async () => {},
  };
  const act = (name: string) => () => {
    did.push(name);
    if (name === 'need') throw new Error('the log is full');
  };
  const keys = createShortcuts({
    port,
    wanted: () => wanted,
    act: { pause: act('pause'), need: act('need'), accept: act('accept'), show: act('show') },
    onChange: () => {},
    onError: (thrown) => errors.push(thrown),
  });
  const set = (patch: Partial<Shortcuts>) => (wanted = { ...wanted, ...patch });
  return { keys, taken, did, errors, set, press: (accelerator: string) => press(accelerator) };
}

it('takes what the settings say, anew only where that changed, and does what is pressed', async () => {
  const { keys, taken, did, errors, set, press } = make();
  expect(keys.state()).toBeUndefined();
  await keys.follow();
  await keys.follow();
  expect(taken).toEqual([
    ['CommandOrControl+Alt+P', 'CommandOrControl+Alt+H', 'CommandOrControl+Alt+Y', 'CommandOrControl+Alt+B'],
  ]);
  set({ pause: 'F9', need: null });
  await keys.follow();
  expect(taken[1]).toEqual(['F9', 'CommandOrControl+Alt+Y', 'CommandOrControl+Alt+B']);
  expect(keys.state()?.map(({ state }) => state)).toEqual(['works', 'off', 'works', 'works']);
  press('F9');
  press('CommandOrControl+Alt+P');
  set({ need: 'F8' });
  press('F8');
  await new Promise((resolve) => setTimeout(resolve, 5));
  expect([did, errors.length]).toEqual([['pause', 'need'], 1]);
});

it('tells what is refused, and two that are the same keys in other words', async () => {
  const { keys, set } = make({
    'CommandOrControl+Alt+H': { code: 'held', reason: 'another program holds Ctrl+Alt+H' },
  });
  set({ show: 'Control+Alt+P' });
  await keys.follow();
  expect(keys.state()).toEqual([
    { name: 'pause', keys: 'CommandOrControl+Alt+P', state: 'works' },
    {
      name: 'need',
      keys: 'CommandOrControl+Alt+H',
      state: 'refused',
      code: 'held',
      reason: 'another program holds Ctrl+Alt+H',
    },
    { name: 'accept', keys: 'CommandOrControl+Alt+Y', state: 'works' },
    {
      name: 'show',
      keys: 'Control+Alt+P',
      state: 'refused',
      code: 'same',
      reason: 'another of these shortcuts has the same keys',
    },
  ]);
});

it('says in one sentence where no keys can be taken', async () => {
  const wayland = createNodeShortcuts(
    { WAYLAND_DISPLAY: 'wayland-0', XDG_CURRENT_DESKTOP: 'GNOME' },
    'linux',
  );
  const said = (await wayland.take(['F9']))['F9'];
  expect(said?.code).toBe('wayland');
  expect(said?.reason).toMatch(/^this version takes no keys under Wayland/);
  const bare = createNodeShortcuts({}, 'linux');
  expect(await bare.take(['F9'])).toEqual({
    F9: { code: 'noSession', reason: 'there is no graphical session to take keys from' },
  });
});

it.each([
  ['CommandOrControl+Alt+P', 'Ctrl+Alt+P'],
  ['Super+Shift+Space', 'Shift+Super+Space'],
  ['F12', 'F12'],
])('reads %s', (accelerator, words) => expect(chordWords(accelerator)).toBe(words));

it.each(['P', 'Shift+P', 'Ctrl+', 'Hyper+P', 'Ctrl+PP', 'F25', ''])('refuses %s', (accelerator) =>
  expect(readChord(accelerator)).toBeNull(),
);
