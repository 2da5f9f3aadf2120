import type { Evidence } from '#core/condition/explain.ts';
import type { Urgency } from './rule.ts';

/** One day, in the milliseconds of all times here. */
export const dayMs = 86_400_000;
export const hourMs = 3_600_000;

/** What members say about their work on an open signal. `saved` and `lost` close it. */
export type RiskStatus = 'new' | 'acknowledged' | 'in_progress' | 'saved' | 'lost';

/** The comparisons that made the condition hold, and when they first read like this. */
export interface EvidenceEntry {
  at: number;
  lines: readonly Evidence[];
}

/** How a signal came to its end: by its quiet time, by a member's word, or because its rule was turned off. */
export type Resolution = 'quiet' | 'saved' | 'lost' | 'dismissed' | 'rule_disabled';

/**
 * One risk signal of an account: the latest opening of one rule. All times are epoch milliseconds.
 *
 * - `open`: counts in the risk level and in ARR at risk, snoozed or not.
 * - `dismissed`: a member called it wrong. It counts nowhere and stays so while the condition holds.
 * - `resolved`: over. Until `cooldownUntil` it opens again only when its urgency rises.
 */
export interface RiskSignal {
  phase: 'open' | 'dismissed' | 'resolved';
  status: RiskStatus;
  urgency: Urgency;
  openedAt: number;
  /** newest last; an entry is added when what the condition read has changed */
  evidence: readonly EvidenceEntry[];
  /** since when the condition has not held; null while it holds */
  quietSince: number | null;
  respondBy: number;
  /** when somebody first took it up; null = nobody has */
  respondedAt: number | null;
  /** the respond-by that passed without a response; null = none did */
  breachedAt: number | null;
  snooze: { until: number; reason: string } | null;
  /** the member's words when dismissing, saving or losing */
  reason: string | null;
  resolvedAt: number | null;
  resolution: Resolution | null;
  cooldownUntil: number | null;
  /** evidence met in the cooldown: opens the signal with it if the condition still holds at its end */
  pending: readonly EvidenceEntry[];
}

export type RiskEventKind =
  | 'opened'
  | 'evidence_added'
  | 'urgency_changed'
  | 'breached'
  | 'acknowledged'
  | 'unacknowledged'
  | 'started'
  | 'unstarted'
  | 'snoozed'
  | 'snooze_ended'
  | 'dismissed'
  | 'reopened'
  | 'saved'
  | 'lost'
  | 'resolved';

/** Something that happened to a signal, for the timeline, the audit log and the outbox. */
export interface RiskEvent {
  kind: RiskEventKind;
  at: number;
}

/** A signal after a step, and what happened in it; `next` is null where there has never been one. */
export interface RiskStep<T extends RiskSignal | null = RiskSignal | null> {
  next: T;
  events: readonly RiskEvent[];
}
