export interface Minute {
  /** the instant at which it begins */
  minute: string;
  accepted: number;
  rejected: number;
}

const minuteMs = 60_000;
const shown = 60;

/** Every minute of the last hour, the oldest first; those in which nothing came are there with zeros. */
export function lastHour(minutes: readonly Minute[], now: number): Minute[] {
  const byStart = new Map(minutes.map((one) => [Math.floor(Date.parse(one.minute) / minuteMs), one]));
  const last = Math.max(Math.floor(now / minuteMs), ...byStart.keys());
  return Array.from({ length: shown }, (_, index) => {
    const at = last - shown + 1 + index;
    return byStart.get(at) ?? { minute: new Date(at * minuteMs).toISOString(), accepted: 0, rejected: 0 };
  });
}
