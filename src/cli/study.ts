import { Option, type Command } from 'commander';
import { pinnedHere } from '../app/pinnedHere.ts';
import { wouldUse } from '../app/studying.ts';
import { AppError } from '../errors.ts';
import { systemClock } from '../model/ports.ts';
import type { StudyFile } from '../model/study.ts';
import { lastDay, studyLine } from '../model/studyLine.ts';
import { createPaths, type Paths } from '../paths.ts';
import { createSettingsStore } from '../settingsFile.ts';
import { changesOf } from '../study/changes.ts';
import { endOf, participantOf, phraseOf } from '../study/consent.ts';
import { mismatch } from '../study/pinned.ts';
import { readStudyFile } from '../study/read.ts';
import { templateOf } from '../study/template.ts';
import { applyStudy, endStudy, refuseSecond } from '../study/turning.ts';
import { askLine } from './ask.ts';
import { result, say } from './output.ts';
import { callRunning } from './running.ts';
import { changeLines, consentLines } from './studyWords.ts';
import { exportStudy } from './studyExport.ts';
import { addStudyReport } from './studyReport.ts';
import { withLog } from './withLog.ts';

interface Common {
  readonly demo: boolean;
  readonly json: boolean;
}

/** What becomes of the answers that a study collected. */
const AFTER = ['keep', 'export', 'delete'] as const;
type After = (typeof AFTER)[number];

/** `beforehand study`: take part in a study, see it, end it, hand over what it collected; and pool what came in. */
export function addStudy(program: Command): void {
  const study = program.command('study').description('take part in a study, see it, end it; report on many');
  const verb = (name: string, words: string) =>
    study
      .command(name)
      .description(words)
      .option('--demo', 'of the demo day instead of your own', false)
      .option('--json', 'print JSON', false);

  verb('apply <file>', 'show the consent and every change, and take part once you agree')
    .option('--participant <id>', 'the pseudonym you were given')
    .option('--yes <phrase>', 'agree without being asked: “I agree to ID”, with the study’s id')
    .action(async (file: string, options: Common & { participant?: string; yes?: string }) => {
      await apply(file, options);
    });
  verb('status', 'the study in force, and those before it').action(async (options: Common) => {
    await status(options);
  });
  verb('end', 'end the study now and put your settings back')
    .addOption(new Option('--answers <what>', 'what becomes of what was collected').choices(AFTER))
    .option('--out <folder>', 'where to, with --answers export')
    .action(async (options: Common & { answers?: After; out?: string }) => {
      await end(options);
    });
  verb('export', 'write what a study collected and the consent to it as one archive')
    .requiredOption('--out <folder>', 'a new or empty folder')
    .option('--study <id>', 'which one, where it is not the last')
    .option('--keep-names', 'paths, hosts and names as they are, instead of placeholders', false)
    .action(async (options: Common & { out: string; study?: string; keepNames: boolean }) => {
      const manifest = await exportStudy(options);
      result(options.json, manifest, [`Wrote ${options.out}. Look at it before you hand it over.`]);
    });
  study
    .command('template')
    .description('print a study file to begin with, frozen to the model, gate and prompts that are here')
    .option('--json', 'the same', false)
    .action(async () => {
      const paths = createPaths();
      const settings = createSettingsStore(paths).get();
      const here = await pinnedHere(paths, settings, true);
      process.stdout.write(`${JSON.stringify(templateOf(here), null, 2)}\n`);
    });
  addStudyReport(study);
}

/** Everything of the demo lies apart. */
function pathsOf({ demo }: { readonly demo: boolean }): Paths {
  return createPaths(demo ? { profile: 'demo' } : {});
}

async function apply(
  path: string,
  options: Common & { readonly participant?: string; readonly yes?: string },
): Promise<void> {
  const paths = pathsOf(options);
  const file = await readStudyFile(path);
  const participant = participantOf(file, options.participant);
  const store = createSettingsStore(paths);
  refuseSecond(store.studies());
  const settings = (await callRunning(paths, (client) => client.call('settings.get', {}))) ?? store.get();
  const pinned = await pinnedHere(
    paths,
    { ...settings, ...wouldUse(file, settings) },
    file.frozen.model !== undefined,
  );
  const differs = mismatch(file, pinned);
  if (differs) throw new AppError('refused', `[study] “${file.title}” cannot be applied here: ${differs}`);
  const at = systemClock.now();
  const until = endOf(file, at);
  for (const line of [...consentLines(file, participant, until), ...changeLines(changesOf(file, settings))])
    say(line);
  const how = await agreed(file, options.yes);
  const running = await callRunning(paths, (client) =>
    client.call('study.apply', { file, participant, how }),
  );
  if (!running) await store.setStudies((now) => applyStudy(now, { file, participant, how, at, pinned }));
  // The core wrote it, if one runs.
  const now = createSettingsStore(paths).studies().now;
  if (!now) throw new AppError('internal', '[study] the study did not come into force: try again');
  result(
    options.json,
    { study: file.id, title: file.title, until: now.until, consent: now.consent, changes: now.changes },
    [
      `You take part in “${file.title}” as ${participant} until ${lastDay(now.until)}. End it at any time: beforehand study end`,
    ],
  );
}

/** How the participant agreed. Rejects with `usage` for another phrase, `aborted` for another answer. */
async function agreed(file: StudyFile, yes: string | undefined): Promise<'terminal' | 'phrase'> {
  const phrase = phraseOf(file);
  if (yes !== undefined) {
    if (yes === phrase) return 'phrase';
    throw new AppError('usage', `[study] --yes wants exactly “${phrase}”; nothing was changed`);
  }
  const typed = await askLine(
    `Type “${phrase}” to take part, anything else not to: `,
    `add --yes "${phrase}" once you have read the consent above; nothing was changed`,
  );
  if (typed === phrase) return 'terminal';
  throw new AppError('aborted', '[study] you did not agree, so nothing was changed');
}

async function status(options: Common): Promise<void> {
  const paths = pathsOf(options);
  const { now, past } = createSettingsStore(paths).studies();
  const state = await callRunning(paths, (client) => client.call('state.get', {}));
  const broken = state?.study?.broken;
  const before = past.map(({ file, consent, endedAt }) => ({
    study: file.id,
    title: file.title,
    participant: consent.participant,
    from: consent.at,
    to: endedAt,
  }));
  const value = now && {
    study: now.file.id,
    title: now.file.title,
    receiver: now.file.receiver,
    until: now.until,
    consent: now.consent,
    changes: now.changes,
    ...(broken !== undefined && { broken }),
  };
  result(options.json, { now: value, past: before }, [
    ...(now
      ? [
          studyLine({ title: now.file.title, until: now.until, broken }),
          `You take part as ${now.consent.participant}; the data goes to ${now.file.receiver}, by your own hand.`,
          ...changeLines(now.changes),
          'End it at any time: beforehand study end',
        ]
      : ['No study is in force.']),
    ...before.map(
      (each) => `Ended: ${each.title} (${each.study}), ${new Date(each.to).toLocaleDateString('sv')}`,
    ),
  ]);
}

/** Ends it first, whatever is answered after that. */
async function end(options: Common & { readonly answers?: After; readonly out?: string }): Promise<void> {
  if (options.answers === 'export' && options.out === undefined) {
    throw new AppError('usage', '[study] --answers export wants --out with a new or empty folder');
  }
  const paths = pathsOf(options);
  const store = createSettingsStore(paths);
  const { now } = store.studies();
  if (!now) throw new AppError('not-found', '[study] no study is in force, so there is none to end');
  const running = await callRunning(paths, (client) => client.call('study.end', {}));
  if (!running) await store.setStudies((both) => endStudy(both, systemClock.now()));
  const { id, title } = now.file;
  say(`“${title}” is ended and your settings are as they were before it.`);
  const answers = options.answers ?? (await whatBecomes());
  if (answers === 'export') await exportStudy({ ...options, out: options.out ?? (await where()), study: id });
  if (answers === 'delete') {
    await withLog(options, async (log) => void (await log.forget({ study: id }))).catch((thrown: unknown) => {
      // Nothing was ever kept, so nothing was collected.
      if (!(thrown instanceof AppError && thrown.code === 'not-found')) throw thrown;
    });
  }
  const words = {
    keep: `What was collected stays in your log. Hand it over with: beforehand study export --study ${id} --out FOLDER; delete it with: beforehand log forget --study ${id}`,
    export: 'What was collected is written. Look at it before you hand it over.',
    delete: 'What was collected is deleted.',
  };
  result(options.json, { ended: id, answers, settings: restoredOf(now.changes) }, [words[answers]]);
}

function restoredOf(changes: readonly { readonly setting: string; readonly before: unknown }[]) {
  return Object.fromEntries(changes.map(({ setting, before }) => [setting, before]));
}

/** Without a terminal nobody can be asked, and keeping loses nothing. */
async function whatBecomes(): Promise<After> {
  if (!process.stdin.isTTY) return 'keep';
  const typed = await askLine(
    'What becomes of what was collected? keep, export or delete [keep]: ',
    '',
  ).catch(() => 'keep');
  return AFTER.find((each) => each === typed) ?? 'keep';
}

const where = () => askLine('Export into which new folder? ', 'add --out');
