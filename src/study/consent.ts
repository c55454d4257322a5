import { AppError } from '../errors.ts';
import { newId } from '../model/id.ts';
import { Participant } from '../model/study.ts';
import type { AppliedStudy, PastStudy, StudyFile, StudyRecord } from '../model/study.ts';
import type { Settings } from '../model/settings.ts';
import { changesOf } from './changes.ts';
import { digestOf, studyDigest } from './read.ts';

const DAY = 86_400_000;

/** What a participant types to take part. The id is in it, so that nobody agrees to a study unseen. */
export function phraseOf(file: Pick<StudyFile, 'id'>): string {
  return `I agree to ${file.id}`;
}

/**
 * When a study that is applied at `at` ends by itself; both epoch milliseconds. `until` is the end of that local day.
 * Throws `bad-input` where that has passed.
 */
export function endOf({ lasts, title }: StudyFile, at: number): number {
  if ('days' in lasts) return at + lasts.days * DAY;
  const [year = 0, month = 1, day = 1] = lasts.until.split('-').map(Number);
  const until = new Date(year, month - 1, day + 1).getTime();
  if (until <= at) {
    throw new AppError(
      'bad-input',
      `[study] “${title}” was over on ${lasts.until}: ask the researcher for a later end`,
    );
  }
  return until;
}

/** The pseudonym: as given, else as the file has it. Throws `usage` where there is none or it does not fit. */
export function participantOf(file: StudyFile, given?: string): string {
  const wanted = given ?? file.participant;
  if (wanted === undefined) {
    throw new AppError(
      'usage',
      '[study] the file names no participant: add --participant with the pseudonym you were given',
    );
  }
  if (given !== undefined && file.participant !== undefined && given !== file.participant) {
    throw new AppError(
      'usage',
      `[study] the file is for ${file.participant}, not for ${JSON.stringify(given)}: leave --participant out`,
    );
  }
  const parsed = Participant.safeParse(wanted);
  if (parsed.success) return parsed.data;
  throw new AppError('usage', `[study] a participant ${parsed.error.issues[0]?.message ?? 'is a pseudonym'}`);
}

/** The study as it comes into force: consent record, end, and what ending puts back. Throws as `endOf` does. */
export function appliedStudy(
  file: StudyFile,
  settings: Settings,
  agreed: { readonly at: number; readonly participant: string; readonly how: 'terminal' | 'phrase' },
): AppliedStudy {
  const { at, participant, how } = agreed;
  return {
    file,
    consent: {
      id: newId(at),
      at,
      study: file.id,
      participant,
      consentSha256: digestOf(file.consent),
      studySha256: studyDigest(file),
      how,
    },
    until: endOf(file, at),
    changes: changesOf(file, settings),
  };
}

/** What an export's manifest says of a study. */
export function recordOf(study: AppliedStudy | PastStudy): StudyRecord {
  const { file, consent } = study;
  return {
    id: file.id,
    title: file.title,
    receiver: file.receiver,
    participant: consent.participant,
    sha256: consent.studySha256,
    consent,
    consentText: file.consent,
    arms: file.arms?.of.map((arm) => arm.id) ?? [],
    questions: file.questions,
    from: consent.at,
    to: 'endedAt' in study ? study.endedAt : null,
  };
}
