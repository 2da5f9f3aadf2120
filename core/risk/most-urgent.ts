import { type Urgency, urgencies } from './rule.ts';

/** What says how soon an open risk signal needs somebody. */
export interface Pressing {
  id: number;
  urgency: Urgency;
  /** epoch ms until which somebody must respond; null = somebody has, or it rests */
  respondBy: number | null;
}

/** Order of an account's open risks: the most urgent first, of one urgency the sooner due, those taken up last, then the older. */
export function mostUrgentFirst(a: Pressing, b: Pressing): number {
  const due = ({ respondBy }: Pressing) => respondBy ?? Number.MAX_SAFE_INTEGER;
  return urgencies.indexOf(b.urgency) - urgencies.indexOf(a.urgency) || due(a) - due(b) || a.id - b.id;
}
