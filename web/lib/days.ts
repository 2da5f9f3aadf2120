/** The calendar date some days before (or, negative, after) another. */
export function daysBefore(day: string, days: number): string {
  return new Date(Date.parse(day) - days * 86_400_000).toISOString().slice(0, 10);
}

/** Every calendar date from one to another, both inside. */
export function daysBetween(from: string, to: string): string[] {
  const days: string[] = [];
  for (let day = from; day <= to; day = daysBefore(day, -1)) days.push(day);
  return days;
}

/** Values of the days that have one; null for every other day of the span, so that gaps show. */
export function onEveryDay<T>(
  points: readonly { day: string; value: T }[],
  from: string,
  to: string,
): { days: string[]; values: (T | null)[] } {
  const byDay = new Map(points.map((point) => [point.day, point.value]));
  const days = daysBetween(from, to);
  return { days, values: days.map((day) => byDay.get(day) ?? null) };
}
