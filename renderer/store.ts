import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { AppState } from '../src/contract.ts';
import { createActions, type Actions } from './actions.ts';
import type { Bridge } from './bridge.ts';
import { setClock } from './clock.ts';
import { createDay } from './day.ts';
import { followLanguage } from './language.ts';
import { strings } from './strings.ts';
import { createAhead, type Ahead } from './timeline/ahead.ts';
import { emptyView, LISTED, readAddress, replace, type View } from './view.ts';

/** The store, its actions and the connection they work on. */
export interface Assistant {
  readonly view: StoreApi<View>;
  readonly actions: Actions;
  readonly bridge: Bridge;
  /** What the timeline opens with; absent in a window without one. */
  readonly ahead?: Ahead;
}

/** After events went missing, all is read again this late, ms. */
const REREAD = 1000;

/** Builds the window's state over a connection and keeps it fed; `now` is epoch ms. */
export function createAssistant(bridge: Bridge, now: () => number): Assistant {
  const view = createStore<View>(emptyView);
  const actions = createActions(bridge, view);
  const ahead = createAhead(bridge);

  const show = (state: AppState) => {
    setClock(state.now);
    const was = view.getState().state?.study?.id;
    view.setState({ state });
    // A study that began or ended elsewhere changed settings.
    if (was === state.study?.id) return;
    void bridge.call('settings.get', {}).then((settings) => view.setState({ settings }), actions.fail);
  };

  const day = createDay(bridge, now, (stays) => view.setState({ day: stays }), actions.fail);

  async function load() {
    await Promise.all([
      bridge.call('state.get', {}).then(show),
      bridge.call('settings.get', {}).then((settings) => view.setState({ settings })),
      bridge.call('models.list', {}).then((models) => view.setState({ models })),
      bridge
        .call('suggestions.list', { states: LISTED, limit: 100 })
        .then(({ rows }) => view.setState({ suggestions: rows })),
      day.read(),
    ]);
  }

  let revision = 0;
  view.subscribe((state) => {
    if (state.revision === revision) return;
    revision = state.revision;
    ahead.drop();
    void load().catch(actions.fail);
  });

  view.subscribe(({ settings }, before) => {
    if (settings && settings.language !== before.settings?.language)
      followLanguage(settings.language).catch(actions.fail);
  });

  bridge.onLink((link) => {
    if (link !== 'open') ahead.drop();
    view.setState({ link });
    if (link === 'open') void load().catch(actions.fail);
  });
  bridge.on('state', show);
  // Something was told that did not arrive: all is read again, for a stream of it once.
  let rereading: ReturnType<typeof setTimeout> | undefined;
  bridge.onMissed(() => {
    rereading ??= setTimeout(() => {
      rereading = undefined;
      view.setState((state) => ({ revision: state.revision + 1 }));
    }, REREAD);
  });
  bridge.on('suggestion', (suggestion) =>
    view.setState(({ suggestions }) => ({ suggestions: replace(suggestions ?? [], suggestion) })),
  );
  bridge.on('answer', (answer) =>
    view.setState(({ answers }) => ({ answers: { ...answers, [answer.suggestion]: answer } })),
  );
  bridge.on('progress', (progress) => {
    view.setState((state) => ({ progress: { ...state.progress, [progress.task]: progress } }));
    if (progress.state !== 'running') {
      void bridge.call('models.list', {}).then((models) => view.setState({ models }), actions.fail);
    }
  });
  bridge.on('mishap', ({ part }) => actions.say(strings.program.mishap[part]));
  addEventListener('popstate', () => view.setState({ screen: readAddress() }));
  return { view, actions, bridge, ahead };
}

const AssistantContext = createContext<Assistant | null>(null);

/** Gives the assistant to the tree below. */
export const AssistantProvider = AssistantContext.Provider;

/** The assistant; only inside its provider. */
export function useAssistant(): Assistant {
  const assistant = useContext(AssistantContext);
  if (!assistant) throw new Error('[window] there is no assistant above this part of the page');
  return assistant;
}

/** A part of the window's state, kept up to date. */
export function useView<T>(select: (view: View) => T): T {
  return useStore(useAssistant().view, select);
}

/** What the user can do. */
export function useActions(): Actions {
  return useAssistant().actions;
}
