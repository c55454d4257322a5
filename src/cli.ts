import { Command, CommanderError } from 'commander';
import { addAnnotate } from './cli/annotate.ts';
import { addBench } from './cli/bench.ts';
import { addDoctor } from './cli/doctor.ts';
import { addExport } from './cli/export.ts';
import { addImport } from './cli/import.ts';
import { addLog } from './cli/log.ts';
import { addMcp } from './cli/mcp.ts';
import { addModels } from './cli/models.ts';
import { exitCode, say } from './cli/output.ts';
import { addPause } from './cli/pause.ts';
import { addReceipts } from './cli/receipts.ts';
import { addReplay } from './cli/replay.ts';
import { addReward } from './cli/reward.ts';
import { addRun } from './cli/run.ts';
import { addStudy } from './cli/study.ts';
import { addUndo } from './cli/undo.ts';
import { addWhatIf } from './cli/whatIf.ts';
import { asAppError } from './errors.ts';
import { version } from './version.ts';

const program = new Command('beforehand')
  .description('A desktop assistant that offers help before it is asked.')
  .version(version)
  .exitOverride()
  // `mcp add` hands the options behind a program's name to that program.
  .enablePositionalOptions()
  .configureHelp({ sortSubcommands: false });
for (const add of [
  addRun,
  addPause,
  addUndo,
  addReplay,
  addModels,
  addBench,
  addReward,
  addExport,
  addImport,
  addAnnotate,
  addLog,
  addReceipts,
  addDoctor,
  addWhatIf,
  addStudy,
  addMcp,
])
  add(program);
overrideExit(program);

/** Commander ends the process with 1 on a wrong flag; wrong usage is 2 here. */
function overrideExit(command: Command): void {
  command.exitOverride();
  for (const child of command.commands) overrideExit(child);
}

// `beforehand log show | head` closes the pipe early: that is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));

try {
  await program.parseAsync();
} catch (thrown) {
  if (thrown instanceof CommanderError) {
    // Commander has said the sentence already; help and version are no failure.
    process.exitCode = thrown.exitCode === 0 ? 0 : 2;
  } else {
    const error = asAppError(thrown, 'internal', 'cli');
    say(error.message);
    process.exitCode = exitCode(error);
  }
}
