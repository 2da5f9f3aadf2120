/** How long answers took, in milliseconds. */
export interface Figure {
  /** what was asked for */
  name: string;
  requests: number;
  p50Ms: number;
  p95Ms: number;
  maxMs: number;
}

export function figure(name: string, ms: readonly number[]): Figure {
  const sorted = [...ms].sort((a, b) => a - b);
  const at = (share: number) => Math.round(sorted[Math.ceil(share * sorted.length) - 1]! * 10) / 10;
  return { name, requests: sorted.length, p50Ms: at(0.5), p95Ms: at(0.95), maxMs: at(1) };
}

/** One figure for each name, slowest first. */
export function figures(timed: ReadonlyMap<string, readonly number[]>): Figure[] {
  return [...timed].map(([name, ms]) => figure(name, ms)).sort((a, b) => b.p95Ms - a.p95Ms);
}
