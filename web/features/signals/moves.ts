import type { SignalDefinition } from '#contracts/signals.ts';
import type { SignalValue } from '#web/lib/signals.ts';

/** Whether a signal moved for the better or the worse since an earlier day; 'neither' where that has no meaning. */
export type Move = 'better' | 'worse' | 'neither';

/** Less than this share of its size is no move. */
const noticeable = 0.01;

/** How a signal moved; null where it did not, or one of the two is missing. */
export function moveOf(
  before: SignalValue,
  after: SignalValue,
  { higherIsBetter }: Pick<SignalDefinition, 'higherIsBetter'>,
): Move | null {
  if (before === null || after === null || before === after || typeof before === 'string') return null;
  const change = Number(after) - Number(before);
  if (Math.abs(change) <= noticeable * Math.max(Math.abs(Number(before)), Math.abs(Number(after)))) return null;
  if (higherIsBetter === null) return 'neither';
  return change > 0 === higherIsBetter ? 'better' : 'worse';
}
