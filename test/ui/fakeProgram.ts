import type { Assistant } from '../../src/contract.ts';
import type { ProgramState } from '../../src/model/program.ts';
import type { Handlers, Publish } from '../../src/rpc.ts';
import type { FakeDay } from './fakeDay.ts';

/** An installed program that nobody has asked for anything yet. */
export const startProgram: ProgramState = {
  startAtLogin: { can: true, on: false },
  updates: { state: 'off' },
  logs: '/home/user/.local/share/beforehand/logs',
};

/** The channels of the program itself; what is pressed is done at once. */
export function fakeProgram(
  day: FakeDay,
  publish: Publish<Assistant>,
): Pick<
  Handlers<Assistant>,
  'program.get' | 'program.startAtLogin' | 'updates.check' | 'updates.download' | 'updates.install'
> {
  const become = (program: ProgramState) => {
    day.program = program;
    publish('program', program);
    return program;
  };
  const updates = (next: ProgramState['updates']) => become({ ...day.program, updates: next });
  return {
    'program.get': () => {
      const { updates: now } = day.program;
      if (now.state === 'off' && day.settings.updates) return updates({ state: 'newest', checkedAt: null });
      return day.program;
    },
    'program.startAtLogin': ({ on }) => become({ ...day.program, startAtLogin: { can: true, on } }),
    'updates.check': () => updates({ state: 'found', version: '0.2.0', bytes: 98_000_000 }),
    'updates.download': () => updates({ state: 'ready', version: '0.2.0' }),
    'updates.install': () => day.program,
  };
}
