import type { RiskSignal as RiskAnswer, riskStatuses } from '#contracts/risk.ts';
import type { Evidence } from '#core/condition/explain.ts';
import { parse } from '#core/condition/parse.ts';
import { type Comparison, isComparison } from '#core/condition/types.ts';
import { evidenceText } from '#core/condition/value-text.ts';
import type { EvidenceEntry, RiskSignal } from '#core/risk/signal.ts';
import type { Vocabulary } from '#server/modules/health/index.ts';

export type RiskStatus = (typeof riskStatuses)[number];

/** The one word that lists show for a signal. */
export function statusOf({ phase, resolution, snooze, status }: RiskSignal): RiskStatus {
  if (phase === 'dismissed' || resolution === 'dismissed') return 'dismissed';
  if (phase === 'resolved') return resolution === 'saved' || resolution === 'lost' ? resolution : 'resolved';
  return snooze === null ? status : 'snoozed';
}

/** A signal with its account and rule, as lists show it. */
export interface RiskRow {
  id: number;
  account_id: number;
  account_name: string;
  owner_id: number | null;
  owner_name: string | null;
  arr_minor: number | null;
  tier: string | null;
  rule_key: string;
  title: string;
  action: string;
  urgency: RiskAnswer['urgency'];
  status: RiskStatus;
  is_open: boolean;
  opened_at: Date;
  respond_by: Date | null;
  responded_at: Date | null;
  resolved_at: Date | null;
  breached: boolean;
  snoozed_until: Date | null;
  evidence: (EvidenceEntry | null)[];
}

/** How signals and money are written. */
export interface Wording {
  vocabulary: Vocabulary;
  currency: string;
}

export function presentRisk(row: RiskRow, wording: Wording): RiskAnswer {
  return {
    id: row.id,
    accountId: row.account_id,
    accountName: row.account_name,
    ownerId: row.owner_id,
    ownerName: row.owner_name,
    arrMinor: row.arr_minor,
    tier: row.tier,
    ruleKey: row.rule_key,
    title: row.title,
    urgency: row.urgency,
    status: row.status,
    open: row.is_open,
    openedAt: row.opened_at.toISOString(),
    respondBy: row.respond_by?.toISOString() ?? null,
    breached: row.breached,
    respondedAt: row.responded_at?.toISOString() ?? null,
    resolvedAt: row.resolved_at?.toISOString() ?? null,
    snoozedUntil: row.snoozed_until?.toISOString() ?? null,
    recommendedAction: row.action,
    evidence: row.evidence.flatMap((entry) => (entry === null ? [] : presentEvidence(entry, wording))),
  };
}

/** The comparisons that made the rule hold; those that did not are left out. */
export function presentEvidence(
  { at, lines }: EvidenceEntry,
  { vocabulary, currency }: Wording,
): RiskAnswer['evidence'] {
  return lines
    .filter(({ holds, negated }) => holds !== negated)
    .map((line) => ({
      at: new Date(at).toISOString(),
      key: line.signal,
      value: line.value,
      text: evidenceText({ ...line, asked: comparisonOf(line) }, vocabulary.get(line.signal), currency),
    }));
}

function comparisonOf({ comparison }: Evidence): Comparison | null {
  const parsed = parse(comparison);
  return parsed.ok && isComparison(parsed.condition) ? parsed.condition : null;
}
