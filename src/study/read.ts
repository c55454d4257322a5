import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { z } from 'zod';
import { AppError } from '../errors.ts';
import { StudyFile } from '../model/study.ts';

/** Longest study file in bytes: consent and questions of the largest study fit several times. */
const LONGEST = 256 * 1024;

/**
 * Reads a study file. Rejects with `unreadable` for what is no readable file, and `bad-input` for one that is too
 * large, no JSON, or no study: one sentence that names the file and the place in it.
 */
export async function readStudyFile(path: string): Promise<StudyFile> {
  return parseStudyFile(await textOf(path), path);
}

/** The study in a text; `path` names it in the sentence of a refusal. Throws `bad-input`. */
export function parseStudyFile(text: string, path: string): StudyFile {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (thrown) {
    throw bad(path, `is no JSON (line ${lineOf(text, thrown)}): mend it there`, thrown);
  }
  const parsed = StudyFile.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0]!;
  const where = issue.path.length > 0 ? ` at “${issue.path.map(String).join('.')}”` : '';
  throw bad(path, `is no study that can be applied${where}: ${said(issue)}`, parsed.error);
}

/** Digest of a study: SHA-256 of its file as JSON with sorted keys, without the participant, who differs. */
export function studyDigest(file: StudyFile): string {
  return digestOf(canonical({ ...file, participant: undefined }));
}

/** SHA-256 of a text in UTF-8, lower-case hex. */
export function digestOf(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}

/** JSON with sorted keys and without blanks: the same value gives the same text. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_, each: unknown) =>
    typeof each === 'object' && each !== null && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : each,
  );
}

/** Only a plain file is read, and no more of it than a study may have: a pipe would wait, a device never end. */
async function textOf(path: string): Promise<string> {
  try {
    const { O_RDONLY, O_NONBLOCK = 0 } = (await import('node:fs')).constants;
    const file = await open(path, O_RDONLY | O_NONBLOCK);
    try {
      const stat = await file.stat();
      if (!stat.isFile())
        throw new AppError('unreadable', `[study] ${shown(path)} is no plain file: name one`);
      if (stat.size > LONGEST) {
        throw bad(path, `is larger than ${LONGEST / 1024} kB, which no study needs: shorten it`);
      }
      const bytes = Buffer.alloc(LONGEST + 1);
      let length = 0;
      for (let read = 1; read > 0 && length < bytes.length; length += read) {
        read = (await file.read(bytes, length, bytes.length - length, length)).bytesRead;
      }
      return new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, length));
    } finally {
      await file.close();
    }
  } catch (thrown) {
    if (thrown instanceof AppError) throw thrown;
    if (thrown instanceof TypeError) throw bad(path, 'is not written in UTF-8: save it anew', thrown);
    const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : 'unknown reason';
    throw new AppError(
      'unreadable',
      `[study] ${shown(path)} cannot be read (${code}): check its name`,
      thrown,
    );
  }
}

/** A name on a terminal: what a terminal would obey is left out. */
function shown(path: string): string {
  return path.replace(/\p{Cc}/gu, '?');
}

function bad(path: string, what: string, cause?: unknown): AppError {
  return new AppError('bad-input', `[study] ${shown(path)} ${what.replace(/\p{Cc}/gu, ' ')}`, cause);
}

/** The keys and values of a hostile file are not repeated beyond what a line holds. */
function said(issue: z.core.$ZodIssue): string {
  const text =
    issue.code === 'unrecognized_keys' ? `unknown field ${JSON.stringify(issue.keys[0])}` : issue.message;
  return text.length > 160 ? `${text.slice(0, 160)}…` : text;
}

function lineOf(text: string, thrown: unknown): number {
  const at = thrown instanceof Error ? /position (\d+)/.exec(thrown.message)?.[1] : undefined;
  return text.slice(0, at === undefined ? text.length : Number(at)).split('\n').length;
}
