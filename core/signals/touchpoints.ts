/** What counts as a touchpoint that took place, and with whom (chapter 02, engagement). */
import type { Touchpoint, TouchpointKind } from '#core/signals/facts.ts';

const MEETINGS: readonly TouchpointKind[] = ['call', 'meeting', 'qbr', 'ebr', 'kickoff'];
const TRAININGS: readonly TouchpointKind[] = ['training', 'webinar', 'office_hours'];

/** Calls, meetings, reviews, kickoffs. */
export function isMeeting({ kind }: Touchpoint): boolean {
  return MEETINGS.includes(kind);
}

/** QBRs and EBRs. */
export function isReview({ kind }: Touchpoint): boolean {
  return kind === 'qbr' || kind === 'ebr';
}

/** Trainings, webinars, office hours. */
export function isTraining({ kind }: Touchpoint): boolean {
  return TRAININGS.includes(kind);
}

/** When a live touchpoint was held with at least one contact of the customer, by a moment; null if it was not. */
export function heldWithContactAt(touchpoint: Touchpoint, at: number): number | null {
  if (touchpoint.kind === 'email' || touchpoint.status !== 'held' || touchpoint.attended.length === 0) return null;
  const heldAt = touchpoint.heldAt ?? touchpoint.plannedAt;
  return heldAt !== null && heldAt <= at ? heldAt : null;
}

/**
 * When a touchpoint became two-way, by a moment: a live one by being held with a contact, an inbound e-mail when it came,
 * an e-mail of ours when the customer replied. Null if it has not. An e-mail without a direction is ours.
 */
export function twoWayAt(touchpoint: Touchpoint, at: number): number | null {
  if (touchpoint.kind !== 'email') return heldWithContactAt(touchpoint, at);
  const time = touchpoint.direction === 'inbound' ? touchpoint.heldAt : touchpoint.repliedAt;
  return time !== null && time <= at ? time : null;
}

/** When an e-mail of ours went out, by a moment; null for everything else. */
export function sentAt(touchpoint: Touchpoint, at: number): number | null {
  const { kind, direction, heldAt } = touchpoint;
  return kind === 'email' && direction !== 'inbound' && heldAt !== null && heldAt <= at ? heldAt : null;
}

/** The time of a call of ours that nobody took, by a moment; null for everything else. */
export function callNobodyTookAt(touchpoint: Touchpoint, at: number): number | null {
  const { kind, direction, status, attended } = touchpoint;
  if (kind !== 'call' || direction === 'inbound' || attended.length > 0) return null;
  if (status !== 'no_show' && status !== 'held') return null;
  const time = touchpoint.heldAt ?? touchpoint.plannedAt;
  return time !== null && time <= at ? time : null;
}

/** Whether it was planned between two moments (both inside) and not cancelled or moved; a no-show stays in. */
export function wasPlanned({ plannedAt, heldAt, status }: Touchpoint, from: number, at: number): boolean {
  const time = plannedAt ?? heldAt;
  return status !== 'cancelled' && status !== 'moved' && time !== null && time >= from && time <= at;
}

/** The contacts of a two-way touchpoint: who attended; for an e-mail without that, its only recipient or sender. */
export function peopleOf({ kind, attended, invited }: Touchpoint): readonly number[] {
  if (kind !== 'email' || attended.length > 0) return attended;
  return invited.length === 1 ? invited : [];
}
