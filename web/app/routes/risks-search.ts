import { riskStanding } from '#contracts/risk.ts';
import { oneOf, text, whole } from '#web/lib/search-params.ts';

export const riskSorts = ['respondBy', 'openedAt', 'arrMinor', 'urgency', 'accountName'] as const;

export const riskGroupings = ['account', 'rule', 'owner', 'level'] as const;

/** What the risk register shows. */
export interface RiskSearch {
  q?: string | undefined;
  status?: (typeof riskStanding)[number] | undefined;
  /** comma-separated */
  urgency?: string | undefined;
  rule?: string | undefined;
  /** 0 = nobody */
  ownerId?: number | undefined;
  tier?: string | undefined;
  /** risk levels of the account, comma-separated */
  level?: string | undefined;
  accountId?: number | undefined;
  /** another name of `status=overdue`, in links only */
  breached?: 'true' | undefined;
  /** groups in place of single signals */
  group?: (typeof riskGroupings)[number] | undefined;
  sort?: (typeof riskSorts)[number] | undefined;
  direction?: 'asc' | 'desc' | undefined;
  /** id of the risk whose panel is open */
  risk?: number | undefined;
}

export function readRiskSearch(raw: Record<string, unknown>): RiskSearch {
  return {
    q: text(raw, 'q'),
    status: raw.breached === 'true' || raw.breached === true ? 'overdue' : oneOf(raw, 'status', riskStanding),
    urgency: text(raw, 'urgency'),
    rule: text(raw, 'rule'),
    ownerId: whole(raw, 'ownerId'),
    tier: text(raw, 'tier'),
    level: text(raw, 'level'),
    accountId: whole(raw, 'accountId') || undefined,
    group: oneOf(raw, 'group', riskGroupings),
    // said by the status from here on: what is left in the address would say it again
    breached: undefined,
    sort: oneOf(raw, 'sort', riskSorts),
    direction: oneOf(raw, 'direction', ['asc', 'desc']),
    risk: whole(raw, 'risk'),
  };
}
