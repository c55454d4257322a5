import type { z } from 'zod';
import type { StoreApi } from 'zustand/vanilla';
import type { RejectReason } from '../src/model/feedback.ts';
import type { ForgetFilter, LogCopy } from '../src/model/log.ts';
import type { Settings, SettingsPatch } from '../src/model/settings.ts';
import type { StudyAsk, StudyReply, StudyState } from '../src/model/study.ts';
import type { Suggestion } from '../src/model/suggestion.ts';
import type { Bridge } from './bridge.ts';
import type { PauseLength } from './pauses.ts';
import { isReminder, replace, type Progress, type Screen, type View } from './view.ts';
import { strings } from './strings.ts';
import { sentenceOf } from './ui/format.ts';

type Via = 'card' | 'inbox' | 'hotkey';
type Filter = z.input<typeof ForgetFilter>;

/** Everything a button, a key or the palette can do. None of them rejects: a failure becomes the notice. */
export interface Actions {
  go(screen: Screen): void;
  /** Minutes, until tomorrow morning, or null until resumed. */
  pause(length: PauseLength): void;
  resume(): void;
  togglePause(): void;
  recordNeed(): void;
  /** `task` are the person's own words, where they changed what is asked for. */
  accept(suggestion: Suggestion, via: Via, task?: string): void;
  /** Opens the task as a text field on the card; null closes it. */
  edit(suggestion: Suggestion | null): void;
  /** Takes back what an accepted suggestion did. */
  undo(id: string): void;
  snooze(suggestion: Suggestion, via: Via): void;
  reject(suggestion: Suggestion, via: Via, reason?: RejectReason): void;
  /** Opens the card's question for a reason; `reject` follows by key, click or time. */
  refuse(suggestion: Suggestion): void;
  closeCard(): void;
  stopAnswer(id: string): void;
  /** Ends the study at once; what becomes of its answers is asked after that. */
  endStudy(study: Pick<StudyState, 'id' | 'title'>): void;
  closeEnded(): void;
  /** Answers the open questions; none given is a skip. */
  replyStudy(asks: StudyAsk, replies: readonly StudyReply[]): void;
  /** Resolves with whether it worked, so that a dialog knows to close. */
  forget(filter: Filter): Promise<boolean>;
  /** Locks the log with a new key; resolves with whether it worked. */
  rotateKey(): Promise<boolean>;
  /** Reads which copies of the log there are. */
  readCopies(): void;
  change(patch: SettingsPatch): void;
  chooseModel(alias: string): void;
  pullModel(alias: string): void;
  /** Measures whether what the model in use proposes may be shown. */
  measureModel(): void;
  setPalette(open: boolean): void;
  /** The list of all keys. */
  setKeys(open: boolean): void;
  setExporting(open: boolean): void;
  say(text: string): void;
  fail(error: unknown): void;
  dismissNotice(): void;
}

/** How long a plain notice stays, ms: long enough to read ten words twice. */
const NOTICE_MS = 5000;

/** The actions over a connection and the state they change. */
export function createActions(bridge: Bridge, view: StoreApi<View>): Actions {
  let fading: ReturnType<typeof setTimeout> | undefined;

  const fail = (error: unknown) => {
    clearTimeout(fading);
    view.setState({ notice: { tone: 'bad', text: sentenceOf(error) } });
  };
  const say = (text: string) => {
    clearTimeout(fading);
    view.setState({ notice: { tone: 'info', text } });
    fading = setTimeout(() => view.setState({ notice: null }), NOTICE_MS);
  };
  const go = (screen: Screen) => {
    const address = screen.name === 'suggestion' ? `#/suggestion/${screen.id}` : `#/${screen.name}`;
    if (location.hash !== address) history.pushState(null, '', address);
    view.setState({ screen, palette: false });
  };
  const answer = (
    { id }: Suggestion,
    answer: 'accept' | 'reject' | 'snooze',
    via: Via,
    more: { readonly reason?: RejectReason; readonly task?: string } = {},
  ) =>
    bridge.call('suggestions.answer', { id, answer, via, ...more }).then(
      (changed) => {
        view.setState(({ suggestions }) => ({ suggestions: replace(suggestions ?? [], changed) }));
        return true;
      },
      (error: unknown) => {
        fail(error);
        return false;
      },
    );
  const pause = (length: PauseLength) =>
    void bridge
      .call('capture.pause', length === 'tomorrow' ? { until: length } : { minutes: length })
      .then((state) => view.setState({ state }), fail);
  const resume = () => void bridge.call('capture.resume', {}).then((state) => view.setState({ state }), fail);

  /** What forgetting did not reach is said at once. */
  const remains = (forgotten: number, copies: readonly LogCopy[]) => {
    view.setState({ copies });
    if (copies.length === 0) return;
    say(`${strings.timeline.forgot(forgotten)} ${strings.timeline.onCopies(copies.length)}`);
  };
  const readCopies = () =>
    void bridge.call('copies.list', {}).then((copies) => view.setState({ copies }), fail);

  return {
    go,
    pause,
    resume,
    togglePause: () => (view.getState().state?.capture === 'paused' ? resume() : pause(null)),
    recordNeed: () =>
      void bridge
        .call('need.record', {})
        .then(({ observations }) => say(strings.status.needDone(observations)), fail),
    accept(suggestion, via, task) {
      view.setState({ editing: null });
      if (via === 'inbox') go({ name: 'suggestion', id: suggestion.id });
      else if (!isReminder(suggestion))
        view.setState({ answering: task === undefined ? suggestion : { ...suggestion, edited: task } });
      void answer(suggestion, 'accept', via, task === undefined ? {} : { task }).then(
        (worked) => worked || view.setState({ answering: null }),
      );
    },
    edit: (editing) => view.setState({ editing }),
    undo(suggestion) {
      if (view.getState().undoing !== null) return;
      view.setState({ undoing: suggestion });
      // How it went is told by the answer, which the core sends.
      void bridge
        .call('operations.undo', { suggestion })
        .catch(fail)
        .finally(() => view.setState({ undoing: null }));
    },
    snooze: (suggestion, via) => void answer(suggestion, 'snooze', via),
    reject(suggestion, via, reason) {
      void answer(suggestion, 'reject', via, reason ? { reason } : {}).then(() =>
        view.setState(({ refusing }) => ({ refusing: refusing?.id === suggestion.id ? null : refusing })),
      );
    },
    refuse: (refusing) => view.setState({ refusing }),
    closeCard: () => view.setState({ answering: null }),
    stopAnswer: (suggestion) => void bridge.call('answers.stop', { suggestion }).catch(fail),
    endStudy: ({ id, title }) =>
      void bridge
        .call('study.end', {})
        .then((state) => {
          view.setState({ state, endedStudy: { id, title } });
          // The settings are back to what they were.
          return bridge.call('settings.get', {});
        })
        .then((settings) => view.setState({ settings }))
        .catch(fail),
    closeEnded: () => view.setState({ endedStudy: null }),
    replyStudy({ feedback }, replies) {
      // Gone at once, whatever the core takes.
      view.setState(({ state }) =>
        state?.study ? { state: { ...state, study: { ...state.study, asks: null } } } : {},
      );
      void bridge
        .call('study.reply', { feedback, replies: [...replies] })
        .then(() => replies.length > 0 && say(strings.study.thanks), fail);
    },
    forget: (filter) =>
      bridge.call('forget', filter).then(
        ({ forgotten }) => {
          say(strings.timeline.forgot(forgotten));
          view.setState(({ revision }) => ({ revision: revision + 1 }));
          void bridge.call('copies.list', {}).then((copies) => remains(forgotten, copies), fail);
          return true;
        },
        (error: unknown) => {
          fail(error);
          return false;
        },
      ),
    rotateKey: () =>
      bridge.call('key.rotate', {}).then(
        () => {
          say(strings.settings.rotated);
          readCopies();
          return true;
        },
        (error: unknown) => {
          fail(error);
          return false;
        },
      ),
    readCopies,
    change(patch) {
      const { settings: before } = view.getState();
      if (before) view.setState({ settings: patched(before, patch) });
      void bridge
        .call('settings.set', patch)
        .then((settings) => view.setState({ settings }))
        .catch((error: unknown) => {
          view.setState({ settings: before });
          fail(error);
        });
    },
    chooseModel: (alias) =>
      void bridge
        .call('models.use', { alias })
        .then((settings) => view.setState({ settings }))
        .then(() => bridge.call('models.list', {}))
        .then((models) => view.setState({ models }))
        .catch(fail),
    measureModel: () => void bridge.call('models.measure', {}).catch(fail),
    pullModel(alias) {
      const task = `model:${alias}`;
      const told = (part: Pick<Progress, 'state' | 'message'>) =>
        view.setState(({ progress }) => ({
          progress: { ...progress, [task]: { task, done: 0, total: 0, ...part } },
        }));
      told({ state: 'running' });
      void bridge
        .call('models.pull', { alias })
        .catch((error: unknown) => told({ state: 'failed', message: sentenceOf(error) }));
    },
    setPalette: (palette) => view.setState({ palette }),
    setKeys: (keys) => view.setState({ keys }),
    setExporting: (exporting) => view.setState({ exporting }),
    say,
    fail,
    dismissNotice: () => view.setState({ notice: null }),
  };
}

/** The settings as they will be, shown before the core confirms, so that a switch answers at once. */
function patched(
  settings: Settings,
  { sources, model, retentionDays, activityWatch, holds, shortcuts, mcp, ...rest }: SettingsPatch,
): Settings {
  return {
    ...settings,
    ...rest,
    sources: { ...settings.sources, ...sources },
    model: { ...settings.model, ...model },
    retentionDays: { ...settings.retentionDays, ...retentionDays },
    activityWatch: { ...settings.activityWatch, ...activityWatch },
    holds: { ...settings.holds, ...holds },
    shortcuts: { ...settings.shortcuts, ...shortcuts },
    mcp: { ...settings.mcp, ...mcp },
  };
}
