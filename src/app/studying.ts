import { AppError, asAppError } from '../errors.ts';
import type { Feedback } from '../model/feedback.ts';
import type { Guard } from '../model/guard.ts';
import type { EventLog } from '../model/log.ts';
import type { Clock } from '../model/ports.ts';
import type { Settings } from '../model/settings.ts';
import type { StudyArm, StudyAsk, StudyFile, StudyMark, StudyReply, StudyState } from '../model/study.ts';
import type { SettingsStore } from '../settingsFile.ts';
import { armAt } from '../study/arms.ts';
import { fitting, mayAsk } from '../study/asking.ts';
import { brokenBy } from '../study/holding.ts';
import type { Pinned } from '../study/pinned.ts';
import { applyStudy, endStudy } from '../study/turning.ts';

/** The longest sleep before the end is looked at again, in milliseconds: clocks are set and machines suspended. */
const LOOK_MS = 3_600_000;
/** Questions that nobody touched go by themselves, in milliseconds: the answer is no longer fresh. */
const ASK_MS = 10 * 60_000;
/** Answers looked through for the last askings. */
const BACK = 500;

/** What a study does to one turn of the agent, and the mark that its rows carry. */
export interface StudyTurn {
  readonly mark: StudyMark;
  readonly arm: StudyArm | null;
}

/** The study in force, if any. */
export interface Studying {
  /** For this moment; null without a study, or while something frozen is not as its file has it. */
  turn(): StudyTurn | null;
  state(): StudyState | null;
  /** Whether an answer to what carries this mark is still collected: not once its study has ended. */
  collects(mark: StudyMark): boolean;
  /** An answer was given: the questions may be due. */
  answered(feedback: Feedback): void;
  /** Takes what was said; an empty list is a skip. Rejects with `not-found` where these questions are not open. */
  reply(feedback: string, replies: readonly StudyReply[]): Promise<void>;
  /** Brings a study into force. Rejects with `refused` where one is, or where something frozen is otherwise here. */
  apply(file: StudyFile, participant: string, how: 'terminal' | 'phrase'): Promise<void>;
  /** Ends it at once and puts the settings back. Rejects with `not-found` where none is in force. */
  end(): Promise<void>;
  /** Something was forgotten, perhaps what the open questions are about. */
  forgotten(): void;
  /** Looks anew whether all is as the study's file has it, e.g. after the settings changed. */
  check(): Promise<void>;
  close(): void;
}

/**
 * Keeps a study. `clock` is that of the rows, `wall` the machine's, by which a study ends; `pinned` reads the digests of
 * what is here. Never rejects: a study that cannot be checked is broken and collects nothing.
 */
export async function createStudying(options: {
  readonly store: SettingsStore;
  readonly log: EventLog;
  readonly guard: Pick<Guard, 'redact'>;
  readonly clock: Clock;
  readonly wall: Clock;
  readonly pinned: (settings: Settings, file: StudyFile) => Promise<Pinned>;
  readonly onChange: () => void;
  readonly note: (line: string) => void;
}): Promise<Studying> {
  const { store, log, clock, wall, onChange } = options;
  let broken: string | null = null;
  let asks: (StudyAsk & { readonly at: number }) | null = null;
  let asked: number[] = [];
  let timer: NodeJS.Timeout | undefined;
  let closed = false;

  const inForce = () => store.studies().now;
  /** Data of the study is missing then, so that somebody should hear of it. */
  const told = (thrown: unknown) => options.note(asAppError(thrown, 'internal', 'study').message);

  async function check(): Promise<void> {
    const study = inForce();
    const was = broken;
    try {
      broken = study && brokenBy(study, store.get(), await options.pinned(store.get(), study.file));
    } catch (thrown) {
      broken = asAppError(thrown, 'internal', 'study').message;
    }
    if (broken !== was) onChange();
  }

  async function end(): Promise<void> {
    if (!inForce()) throw new AppError('not-found', '[study] no study is in force');
    asks = null;
    broken = null;
    await store.setStudies((now) => endStudy(now, wall.now()));
    onChange();
  }

  /** Ends a study whose time is over, and looks again later. */
  function follow(): void {
    clearTimeout(timer);
    const study = inForce();
    if (closed || !study) return;
    const left = study.until - wall.now();
    if (left <= 0) {
      options.note(`The study “${study.file.title}” is over; your settings are as they were before it.`);
      // A full disk: tried again with the next look.
      end().catch(told);
    }
    timer = setTimeout(follow, left <= 0 ? LOOK_MS : Math.min(left, LOOK_MS));
    timer.unref();
  }

  /** When questions were put before, of the last day and of what the study's pause between two looks back to. */
  async function remember(): Promise<void> {
    const study = inForce();
    asked = [];
    if (!study || study.file.questions.length === 0) return;
    const { rows } = await log.feedbacks({ limit: BACK, from: study.consent.at });
    asked = rows.flatMap((row) => (row.study?.id === study.file.id ? (row.study.askedAt ?? []) : []));
  }

  const open = () => (asks && clock.now() - asks.at <= ASK_MS ? asks : null);

  await check();
  await remember().catch(told);
  follow();

  return {
    turn() {
      const study = inForce();
      if (!study || broken !== null || wall.now() >= study.until) return null;
      const { file, consent } = study;
      const arm = armAt(file, consent.participant, clock.now());
      const { participant } = consent;
      return { mark: { id: file.id, participant, consent: consent.id, ...(arm && { arm: arm.id }) }, arm };
    },
    collects: (mark) => inForce()?.consent.id === mark.consent,
    state() {
      const study = inForce();
      if (!study) return null;
      const { id, title, receiver, consent } = study.file;
      const { participant } = study.consent;
      const now = open();
      return {
        id,
        title,
        receiver,
        consent,
        participant,
        until: study.until,
        ...(broken !== null && { broken }),
        asks: now && { feedback: now.feedback, suggestion: now.suggestion, questions: now.questions },
      };
    },
    answered(feedback) {
      const study = inForce();
      const { suggestion } = feedback;
      if (!study || !suggestion || feedback.study?.id !== study.file.id) return;
      if (!mayAsk(study.file, feedback, asked)) return;
      const at = clock.now();
      asked = [...asked.slice(-BACK), at];
      asks = { feedback: feedback.id, suggestion, questions: study.file.questions, at };
      // That they were put is data: who skips is told from who was never asked.
      log.reply(feedback.id, at, []).catch(told);
      onChange();
    },
    async reply(feedback, replies) {
      const now = asks;
      if (!now || now.feedback !== feedback) {
        throw new AppError('not-found', '[study] these questions are not open any more');
      }
      const fit = fitting(now.questions, replies).map((reply) =>
        typeof reply.value === 'string' && textual(now.questions, reply.question)
          ? { ...reply, value: options.guard.redact(reply.value, 'import').text.slice(0, 1000) }
          : reply,
      );
      if (fit.length > 0) await log.reply(feedback, now.at, fit);
      if (asks === now) asks = null;
      onChange();
    },
    async apply(file, participant, how) {
      const pinned = await options.pinned({ ...store.get(), ...wouldUse(file, store.get()) }, file);
      await store.setStudies((now) => applyStudy(now, { file, participant, how, at: wall.now(), pinned }));
      await check();
      await remember();
      follow();
      onChange();
    },
    end,
    check,
    forgotten() {
      asks = null;
      onChange();
    },
    close() {
      closed = true;
      clearTimeout(timer);
    },
  };
}

/** The settings' model as the study would have it: that file is to be looked over, not the one in use now. */
export function wouldUse(file: StudyFile, settings: Settings): Pick<Settings, 'model'> {
  const { model } = file.frozen;
  return {
    model: model ? { ...settings.model, use: model.alias, file: null, adapter: null } : settings.model,
  };
}

const textual = (questions: StudyAsk['questions'], id: string) =>
  questions.find((each) => each.id === id)?.kind === 'text';
