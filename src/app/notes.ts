import { homedir, userInfo } from 'node:os';
import type { Spawn } from '../model/ports.ts';
import { createNoteFile, type NoteFile } from '../noteFile.ts';
import type { Paths } from '../paths.ts';
import { redact } from '../privacy/redact.ts';

/** The log files of a running core, cleaned by the redactor that everything else goes through. */
export function openNotes(paths: Pick<Paths, 'logs'>): NoteFile {
  const person = { home: homedir(), ...named() };
  return createNoteFile({ folder: paths.logs, redact: (text) => redact(text, { person }).text });
}

/** A container may run under a number that has no name. */
function named(): { readonly user?: string } {
  try {
    return { user: userInfo().username };
  } catch {
    return {};
  }
}

/**
 * Notes each end of a child that nobody asked for. What a child printed is never kept: a model process could print
 * what it was shown.
 */
export function notedSpawn(spawn: Spawn, notes: Pick<NoteFile, 'write'>): Spawn {
  return (entry, args) => {
    const child = spawn(entry, args);
    let asked = false;
    child.onExit((code, signal) => {
      if (asked || code === 0) return;
      const how = signal ? `was ended by ${signal}` : `ended with code ${code ?? 'unknown'}`;
      notes.write(entry === 'llm' ? 'llm' : 'core', `[${entry}] the process ${how}`);
    });
    return {
      get pid() {
        return child.pid;
      },
      send: child.send,
      onMessage: child.onMessage,
      onExit: child.onExit,
      kill() {
        asked = true;
        child.kill();
      },
    };
  };
}
