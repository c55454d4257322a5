import { createStore } from 'zustand/vanilla';
import type { AppState } from '../../src/contract.ts';
import { createActions } from '../actions.ts';
import type { Bridge } from '../bridge.ts';
import { setClock } from '../clock.ts';
import { followLanguage } from '../language.ts';
import type { Assistant } from '../store.ts';
import { emptyView, replace, type View } from '../view.ts';

/** Suggestions the card remembers: enough to know one that was just answered. */
const KEPT = 20;

/**
 * The state of the card's own window: what the card needs and nothing else, so that it is there at once. Places are opened
 * in the program's window.
 */
export function createCardAssistant(bridge: Bridge): Assistant {
  const view = createStore<View>(() => ({ ...emptyView(), suggestions: [] }));
  const made = createActions(bridge, view);
  const actions = {
    ...made,
    go: ((screen) => {
      const place = screen.name === 'suggestion' ? `suggestion/${screen.id}` : screen.name;
      void bridge.call('window.show', { place }).catch(made.fail);
    }) satisfies typeof made.go,
  };
  const show = (state: AppState) => {
    setClock(state.now);
    view.setState({ state });
  };
  const load = async () => {
    await Promise.all([
      bridge.call('state.get', {}).then(show),
      bridge.call('settings.get', {}).then((settings) => view.setState({ settings })),
    ]);
  };
  view.subscribe(({ settings }, before) => {
    if (settings && settings.language !== before.settings?.language)
      followLanguage(settings.language).catch(made.fail);
  });
  bridge.onLink((link) => {
    view.setState({ link });
    if (link === 'open') void load().catch(made.fail);
  });
  bridge.on('state', show);
  bridge.on('suggestion', (suggestion) => {
    // The language may have changed since the last one, and how answers are written too.
    if (suggestion.state === 'shown') void load().catch(made.fail);
    view.setState(({ suggestions }) => ({
      suggestions: replace(suggestions ?? [], suggestion).slice(0, KEPT),
    }));
  });
  bridge.on('answer', (answer) =>
    view.setState(({ answers }) => ({ answers: { ...answers, [answer.suggestion]: answer } })),
  );
  return { view, actions, bridge };
}
