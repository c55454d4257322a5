import type { Observation } from '../model/observation.ts';
import type { Renamed } from '../model/scheme.ts';

/** The word must stand before any quote: a file may be called 'search.ts'. */
const QUERY = /^[^'"‘“]*\b(?:search\w*|results)\b[^'"‘“]{0,60}['"‘“](.{1,200}?)['"’”](?=[\s.,;:]|$)/i;
const ERROR =
  /\b(?:\w*error|\w*exception|traceback|failed|failure|fatal|panic(?:ked)?|cannot|undefined|not found|denied)\b/i;
const QUOTED = /['"‘“](.{1,300}?)['"’”](?=[\s.,;:]|$)/;
/** A text copied whole ends its sentence, whatever quotes it holds itself. */
const COPIED = /\bcop(?:y|ies|ied)\b[^'"‘“]*['"‘“](.{1,400})['"’”](?: in [^'"]{1,60})?\.?$/i;
const READ = /\b(?:reads?|reading|views?|viewing|visits?|visited|opens?|opened)\b[^'"‘“]*['"‘“]/i;
const WORK = /\bworking on the file ['"‘“]/i;
const RENAMED =
  /\brenamed? ['"‘“](.{1,200}?)['"’”] to ['"‘“](.{1,200}?)['"’”](?: in ['"‘“](.{1,200}?)['"’”])?\.?$/i;
const FILE =
  /\b(created|saved|deleted) the file ['"‘“](.{1,200}?)['"’”](?: in ['"‘“](.{1,200}?)['"’”])?\.?$/i;

/** What one observation says, as far as an answer can use it. */
export interface Step {
  readonly observation: Observation;
  readonly query?: string;
  /** Text of an error that was on screen, copied or searched. */
  readonly error?: string;
  readonly copied?: string;
  /** A page or document that came to the front. */
  readonly page?: string;
  /** A file open for writing that came to the front. */
  readonly work?: string;
  readonly renamed?: Renamed & { readonly folder?: string };
  readonly file?: { readonly action: string; readonly name: string; readonly folder?: string };
  /** What was in front when it happened. */
  readonly front?: string;
}

/** Reads observations by their wording, oldest first; pure, never throws. */
export function stepsOf(observations: readonly Observation[]): readonly Step[] {
  let front: string | undefined;
  return observations.map((observation) => {
    const step = read(observation);
    const came = step.page ?? step.work ?? step.query;
    const background = step.copied ?? step.renamed ?? step.file;
    if (observation.kind === 'window' && !background) front = came;
    return { ...step, ...(front !== undefined && { front }) };
  });
}

function read(observation: Observation): Step {
  const { event } = observation;
  const renamed = RENAMED.exec(event);
  if (renamed) {
    const [, from = '', to = '', folder] = renamed;
    return { observation, renamed: { from, to, ...(folder && { folder }) } };
  }
  const file = FILE.exec(event);
  if (file) {
    const [, action = '', name = '', folder] = file;
    return { observation, file: { action, name, ...(folder && { folder }) } };
  }
  const copied = COPIED.exec(event)?.[1]?.trim();
  const query = copied ? undefined : QUERY.exec(event)?.[1]?.trim();
  const quoted = copied ?? QUOTED.exec(event)?.[1]?.trim();
  const error = ERROR.test(event) ? (quoted && ERROR.test(quoted) ? quoted : (query ?? event)) : undefined;
  const page = !query && !copied && !error && READ.test(event) ? quoted : undefined;
  const work = !query && !copied && WORK.test(event) ? quoted : undefined;
  return {
    observation,
    ...(query && { query }),
    ...(error && { error }),
    ...(copied && { copied }),
    ...(page && { page }),
    ...(work && { work }),
  };
}
