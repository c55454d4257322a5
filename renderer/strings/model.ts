/** English texts about what a model may do: propose by itself, and write what was asked for. */
export const model = {
  larger: 'Choose a larger model',
  tooSmall: 'too small to write answers',
} as const;
