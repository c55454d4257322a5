import { z } from 'zod';
import { ProgramState } from '../model/program.ts';
import { nothing } from './parts.ts';
import type { Contract } from '../rpc.ts';

/** The program itself: start with the session, newer versions, log files. */
export const programChannels = {
  'program.get': { input: nothing, output: ProgramState },
  /** Answers with what the system says afterwards, which may be no. */
  'program.startAtLogin': { input: z.strictObject({ on: z.boolean() }), output: ProgramState },
  /** Each is refused unless newer versions are chosen in the settings. The feed is never named by a caller. */
  'updates.check': { input: nothing, output: ProgramState },
  'updates.download': { input: nothing, output: ProgramState },
  'updates.install': { input: nothing, output: ProgramState },
} satisfies Contract['channels'];
