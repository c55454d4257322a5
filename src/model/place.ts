import { z } from 'zod';

/** A place in the window, as its address names it after `#/`: a screen or a suggestion's page. */
export const Place = z
  .string()
  .regex(/^(?:today|timeline|insights|teach|models|settings|suggestion\/[0-9a-f-]{36})$/);
export type Place = z.infer<typeof Place>;
