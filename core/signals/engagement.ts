/** engagement.*: chapter 02, "Shipped signals". */
import type { KeysOf } from '#core/signals/catalogue.ts';
import type { AccountFacts, AsOf, SignalSettings, Touchpoint } from '#core/signals/facts.ts';
import { daysSince, startOfWindow } from '#core/signals/moment.ts';
import { isPresent } from '#core/signals/present.ts';
import { holdsRole, isActiveContact } from '#core/signals/roles.ts';
import {
  callNobodyTookAt,
  heldWithContactAt,
  isMeeting,
  isReview,
  isTraining,
  peopleOf,
  sentAt,
  twoWayAt,
  wasPlanned,
} from '#core/signals/touchpoints.ts';
import { median } from '#core/statistics/statistics.ts';

type EngagementSignals = Record<KeysOf<'engagement'>, number | null>;

const HOUR_MS = 3_600_000;
/** A reply that takes longer counts as this much, and silence counts once it has lasted as long. */
const NO_REPLY_HOURS = 168;
const MISSING: EngagementSignals = {
  'engagement.days_since_touch': null,
  'engagement.meetings_90d': null,
  'engagement.attendance': null,
  'engagement.review_attendance': null,
  'engagement.reply_hours': null,
  'engagement.unanswered': null,
  'engagement.training_90d': null,
  'engagement.executive_days': null,
  'engagement.reviews_planned_365d': null,
};

/** All engagement signals; every one null while touchpoints are not present. */
export function engagementSignals(facts: AccountFacts, asOf: AsOf, settings: SignalSettings): EngagementSignals {
  if (!isPresent('touchpoints', facts, asOf)) return MISSING;
  const touchpoints = facts.touchpoints ?? [];
  const from90 = startOfWindow(asOf, 90, settings);
  const lastTouch = latest(touchpoints, (touchpoint) => twoWayAt(touchpoint, asOf.at));
  const lastExecutive = lastTouchWithSponsor(facts, asOf.at);
  return {
    'engagement.days_since_touch': lastTouch === null ? null : daysSince(lastTouch, asOf, settings),
    'engagement.meetings_90d': touchpoints.filter(
      (touchpoint) => isMeeting(touchpoint) && (heldWithContactAt(touchpoint, asOf.at) ?? from90 - 1) >= from90,
    ).length,
    'engagement.attendance': attendance(touchpoints, from90, asOf.at),
    'engagement.review_attendance': reviewAttendance(facts, asOf, settings),
    'engagement.reply_hours': median(replyHours(touchpoints, from90, asOf.at)),
    'engagement.unanswered': unanswered(touchpoints, lastTouch ?? Number.NEGATIVE_INFINITY, asOf.at),
    'engagement.training_90d': peopleTrained(touchpoints, from90, asOf.at),
    'engagement.executive_days': lastExecutive === null ? null : daysSince(lastExecutive, asOf, settings),
    'engagement.reviews_planned_365d': touchpoints.filter(
      (touchpoint) => isReview(touchpoint) && wasPlanned(touchpoint, startOfWindow(asOf, 365, settings), asOf.at),
    ).length,
  };
}

function latest(touchpoints: readonly Touchpoint[], timeOf: (touchpoint: Touchpoint) => number | null): number | null {
  let found: number | null = null;
  for (const touchpoint of touchpoints) {
    const time = timeOf(touchpoint);
    if (time !== null && (found === null || time > found)) found = time;
  }
  return found;
}

function attendance(touchpoints: readonly Touchpoint[], from: number, at: number): number | null {
  let invitations = 0;
  let attended = 0;
  for (const touchpoint of touchpoints) {
    if (!isMeeting(touchpoint) || !wasPlanned(touchpoint, from, at)) continue;
    invitations += touchpoint.invited.length;
    if (heldWithContactAt(touchpoint, at) === null) continue;
    attended += touchpoint.invited.filter((contact) => touchpoint.attended.includes(contact)).length;
  }
  return invitations === 0 ? null : attended / invitations;
}

/** Missing also while no contact is known: nobody can tell then who decides. */
function reviewAttendance(facts: AccountFacts, asOf: AsOf, settings: SignalSettings): number | null {
  if (!isPresent('stakeholders', facts, asOf)) return null;
  const from = startOfWindow(asOf, 365, settings);
  let planned = 0;
  let attended = 0;
  for (const touchpoint of facts.touchpoints ?? []) {
    if (!isReview(touchpoint) || !wasPlanned(touchpoint, from, asOf.at)) continue;
    planned++;
    const heldAt = heldWithContactAt(touchpoint, asOf.at);
    if (heldAt !== null && touchpoint.attended.some((id) => decides(facts, id, heldAt))) attended++;
  }
  return planned === 0 ? null : attended / planned;
}

function decides({ contacts }: AccountFacts, id: number, at: number): boolean {
  const contact = contacts?.find((candidate) => candidate.id === id);
  return (
    contact !== undefined && (holdsRole(contact, 'decision_maker', at) || holdsRole(contact, 'executive_sponsor', at))
  );
}

function replyHours(touchpoints: readonly Touchpoint[], from: number, at: number): number[] {
  const hours: number[] = [];
  for (const touchpoint of touchpoints) {
    const sent = sentAt(touchpoint, at);
    if (sent === null || sent < from) continue;
    const replied = twoWayAt(touchpoint, at);
    const waited = ((replied ?? at) - sent) / HOUR_MS;
    if (replied !== null || waited >= NO_REPLY_HOURS) hours.push(Math.min(waited, NO_REPLY_HOURS));
  }
  return hours;
}

function unanswered(touchpoints: readonly Touchpoint[], since: number, at: number): number {
  let messages = 0;
  for (const touchpoint of touchpoints) {
    const time = sentAt(touchpoint, at) ?? callNobodyTookAt(touchpoint, at);
    if (time !== null && time > since) messages++;
  }
  return messages;
}

function peopleTrained(touchpoints: readonly Touchpoint[], from: number, at: number): number {
  const people = new Set<number>();
  for (const touchpoint of touchpoints) {
    const heldAt = isTraining(touchpoint) ? heldWithContactAt(touchpoint, at) : null;
    if (heldAt !== null && heldAt >= from) for (const contact of touchpoint.attended) people.add(contact);
  }
  return people.size;
}

function lastTouchWithSponsor({ touchpoints, contacts }: AccountFacts, at: number): number | null {
  const sponsors = new Set<number>();
  for (const contact of contacts ?? []) {
    if (isActiveContact(contact, at) && holdsRole(contact, 'executive_sponsor', at)) sponsors.add(contact.id);
  }
  if (sponsors.size === 0) return null;
  return latest(touchpoints ?? [], (touchpoint) =>
    peopleOf(touchpoint).some((contact) => sponsors.has(contact)) ? twoWayAt(touchpoint, at) : null,
  );
}
