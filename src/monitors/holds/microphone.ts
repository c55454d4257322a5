import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { meetingProgram } from './meeting.ts';

/**
 * Whether some program records from a sound card, by ALSA's status files (`/proc/asound/cardN/pcmNc/subN/status`, which
 * say `closed` or a state). PulseAudio and PipeWire open the card only while somebody records. A Bluetooth microphone is
 * no ALSA card, so it is not seen.
 */
export function microphoneOpen(folder = '/proc/asound'): boolean {
  for (const card of names(folder, /^card\d+$/)) {
    for (const pcm of names(join(folder, card), /^pcm\d+c$/)) {
      for (const sub of names(join(folder, card, pcm), /^sub\d+$/)) {
        const status = read(join(folder, card, pcm, sub, 'status'));
        if (/^state: (?:RUNNING|DRAINING)/m.test(status)) return true;
      }
    }
  }
  return false;
}

/** The name of a meeting program among the processes, or null: names alone are read, no command line. */
export function meetingRuns(folder = '/proc'): string | null {
  for (const pid of names(folder, /^\d+$/)) {
    const program = meetingProgram(read(join(folder, pid, 'comm')).trim());
    if (program) return program;
  }
  return null;
}

function names(folder: string, shape: RegExp): readonly string[] {
  try {
    return readdirSync(folder).filter((each) => shape.test(each));
  } catch {
    return [];
  }
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
