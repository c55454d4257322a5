/** The logistic function: log-odds to a probability. */
export function sigmoid(score: number): number {
  return 1 / (1 + Math.exp(-score));
}
