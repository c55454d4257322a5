import { uptime } from 'node:os';
import type { Steady } from '../model/ports.ts';

/** The system's own: time since boot, which counts suspended time too and which nobody can set. */
export const systemSteady: Steady = () => uptime() * 1000;
