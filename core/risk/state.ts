import type { Evidence } from '#core/condition/explain.ts';
import { isMoreUrgent, type RiskRule } from './rule.ts';
import {
  dayMs,
  type EvidenceEntry,
  hourMs,
  type Resolution,
  type RiskEventKind,
  type RiskSignal,
  type RiskStep,
} from './signal.ts';

/** What the rule's condition gave at a moment: `evaluate` and `explain` of core/condition. */
export interface Finding {
  holds: boolean;
  evidence: readonly Evidence[];
}

/** Entries of evidence kept: the first, and the newest after it. */
export const mostEvidence = 60;

/**
 * What becomes of an account's signal of one rule at `now` (epoch ms), given what its condition gave (chapter 04).
 * `current` is null where there has never been one. `next` is `current` itself when nothing changed. Safe to call at
 * any time and as often as one likes; `nextCheckAt` says when it must be called though no fact came in.
 */
export function step(current: RiskSignal | null, rule: RiskRule, finding: Finding, now: number): RiskStep {
  const holds = finding.holds && rule.enabled;
  if (current === null) return holds ? open(rule, [entry(finding, now)], now) : { next: null, events: [] };
  if (current.phase === 'open') return stepOpen(current, rule, { ...finding, holds }, now);
  const rises = holds && isMoreUrgent(rule.urgency, current.urgency);
  if (current.phase === 'dismissed') {
    return rises ? open(rule, [entry(finding, now)], now) : stepDismissed(current, rule, holds, now);
  }
  return stepResolved(current, rule, { ...finding, holds }, rises, now);
}

function open(rule: RiskRule, evidence: readonly EvidenceEntry[], now: number): RiskStep<RiskSignal> {
  const next: RiskSignal = {
    ...{ phase: 'open', status: 'new', urgency: rule.urgency, openedAt: now, evidence, quietSince: null },
    ...{ respondBy: now + rule.respondWithinHours * hourMs, respondedAt: null, breachedAt: null, snooze: null },
    ...{ reason: null, resolvedAt: null, resolution: null, cooldownUntil: null, pending: [] },
  };
  return { next, events: [{ kind: 'opened', at: now }] };
}

function stepOpen(current: RiskSignal, rule: RiskRule, finding: Finding, now: number): RiskStep<RiskSignal> {
  return follow(
    current,
    now,
    (signal) => endSnooze(signal, rule, now),
    (signal) => followUrgency(signal, rule, now),
    (signal) => breach(signal, now),
    (signal) => (finding.holds ? gather(signal, finding, now) : fallQuiet(signal, rule, now)),
  );
}

/** One change to a signal: null where it does not apply. */
type Change = { next: RiskSignal; kind: RiskEventKind | null } | null;

function follow(current: RiskSignal, at: number, ...changes: ((signal: RiskSignal) => Change)[]): RiskStep<RiskSignal> {
  let next = current;
  const events: { kind: RiskEventKind; at: number }[] = [];
  for (const change of changes) {
    const changed = change(next);
    if (changed === null) continue;
    next = changed.next;
    if (changed.kind !== null) events.push({ kind: changed.kind, at });
  }
  return { next, events };
}

function endSnooze(signal: RiskSignal, rule: RiskRule, now: number): Change {
  if (signal.snooze === null || now < signal.snooze.until) return null;
  return { next: wake(signal, rule, signal.snooze.until), kind: 'snooze_ended' };
}

/** Ends a snooze: where nobody has responded yet, the time to respond begins again. */
export function wake(signal: RiskSignal, rule: RiskRule, at: number): RiskSignal {
  const respondBy = signal.respondedAt === null ? at + rule.respondWithinHours * hourMs : signal.respondBy;
  return { ...signal, snooze: null, respondBy };
}

function followUrgency(signal: RiskSignal, rule: RiskRule, now: number): Change {
  if (rule.urgency === signal.urgency) return null;
  const sooner = Math.min(signal.respondBy, now + rule.respondWithinHours * hourMs);
  const respondBy = isMoreUrgent(rule.urgency, signal.urgency) ? sooner : signal.respondBy;
  return { next: { ...signal, urgency: rule.urgency, respondBy }, kind: 'urgency_changed' };
}

/** Marks a response time that passed unanswered, once. The last instant is still in time; a snooze stops the clock. */
export function breach(signal: RiskSignal, now: number): Change {
  const waiting = signal.phase === 'open' && signal.respondedAt === null && signal.breachedAt === null;
  if (!waiting || signal.snooze !== null || now <= signal.respondBy) return null;
  return { next: { ...signal, breachedAt: signal.respondBy }, kind: 'breached' };
}

function gather(signal: RiskSignal, finding: Finding, now: number): Change {
  const evidence = append(signal.evidence, finding, now);
  if (evidence !== signal.evidence) return { next: { ...signal, evidence, quietSince: null }, kind: 'evidence_added' };
  return signal.quietSince === null ? null : { next: { ...signal, quietSince: null }, kind: null };
}

function fallQuiet(signal: RiskSignal, rule: RiskRule, now: number): Change {
  if (!rule.enabled)
    return { next: { ...close(signal, 'rule_disabled', rule, now), cooldownUntil: null }, kind: 'resolved' };
  const quietSince = signal.quietSince ?? now;
  if (now - quietSince >= rule.quietDays * dayMs) return { next: close(signal, 'quiet', rule, now), kind: 'resolved' };
  return signal.quietSince === null ? { next: { ...signal, quietSince }, kind: null } : null;
}

/** A signal brought to its end, at the beginning of its cooldown. */
export function close(signal: RiskSignal, resolution: Resolution, rule: RiskRule, now: number): RiskSignal {
  const cooldownUntil = now + rule.cooldownDays * dayMs;
  return { ...signal, phase: 'resolved', resolution, resolvedAt: now, cooldownUntil, snooze: null, pending: [] };
}

function stepDismissed(current: RiskSignal, rule: RiskRule, holds: boolean, now: number): RiskStep<RiskSignal> {
  if (holds) return { next: current.quietSince === null ? current : { ...current, quietSince: null }, events: [] };
  const quietSince = current.quietSince ?? now;
  const over = now - quietSince >= rule.quietDays * dayMs;
  if (over) return { next: close({ ...current, quietSince }, 'dismissed', rule, now), events: [] };
  return { next: current.quietSince === null ? { ...current, quietSince } : current, events: [] };
}

function stepResolved(current: RiskSignal, rule: RiskRule, finding: Finding, rises: boolean, now: number): RiskStep {
  const coolingDown = current.cooldownUntil !== null && now < current.cooldownUntil;
  if (!finding.holds) {
    const forget = !coolingDown && current.pending.length > 0;
    return { next: forget ? { ...current, pending: [] } : current, events: [] };
  }
  const pending = append(current.pending, finding, now);
  if (!coolingDown || rises) return open(rule, pending, now);
  return { next: pending === current.pending ? current : { ...current, pending }, events: [] };
}

/** Adds an entry when other comparisons hold than in the newest, or its values differ and it is a day old. */
function append(entries: readonly EvidenceEntry[], finding: Finding, now: number): readonly EvidenceEntry[] {
  const newest = entries.at(-1);
  if (newest !== undefined) {
    const changed = (read: (line: Evidence) => unknown) =>
      finding.evidence.length !== newest.lines.length ||
      finding.evidence.some((line, i) => read(line) !== read(newest.lines[i]!));
    const sameTruth = !changed((line) => line.comparison) && !changed((line) => line.holds);
    if (sameTruth && (now - newest.at < dayMs || !changed((line) => line.value))) return entries;
  }
  const all = [...entries, entry(finding, now)];
  return all.length <= mostEvidence ? all : [all[0]!, ...all.slice(all.length - mostEvidence + 1)];
}

function entry(finding: Finding, now: number): EvidenceEntry {
  return { at: now, lines: finding.evidence };
}

/**
 * When `step` must be called next though no fact came in (epoch ms): a snooze ends, a response time passes, a quiet
 * time or a cooldown ends. Null = only a fact or a member can change this signal.
 */
export function nextCheckAt(signal: RiskSignal, rule: RiskRule): number | null {
  const quiet = signal.quietSince === null ? null : signal.quietSince + rule.quietDays * dayMs;
  if (signal.phase === 'dismissed') return quiet;
  if (signal.phase === 'resolved') return signal.pending.length === 0 ? null : signal.cooldownUntil;
  const waiting = signal.respondedAt === null && signal.breachedAt === null;
  const response = signal.snooze?.until ?? (waiting ? signal.respondBy + 1 : null);
  const times = [quiet, response].filter((time) => time !== null);
  return times.length === 0 ? null : Math.min(...times);
}
