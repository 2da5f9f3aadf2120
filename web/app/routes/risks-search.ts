import { oneOf, text, whole } from '#web/lib/search-params.ts';

export const riskSorts = ['respondBy', 'openedAt', 'arrMinor', 'urgency', 'accountName'] as const;

export const riskGroupings = ['account', 'rule', 'owner', 'level'] as const;
const levels = ['none', 'medium', 'high', 'critical'] as const;

/** What the risk register shows. */
export interface RiskSearch {
  q?: string | undefined;
  status?: 'open' | 'closed' | 'all' | undefined;
  /** comma-separated */
  urgency?: string | undefined;
  rule?: string | undefined;
  /** 0 = nobody */
  ownerId?: number | undefined;
  tier?: string | undefined;
  /** risk level of the account */
  level?: (typeof levels)[number] | undefined;
  accountId?: number | undefined;
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
    status: oneOf(raw, 'status', ['open', 'closed', 'all']),
    urgency: text(raw, 'urgency'),
    rule: text(raw, 'rule'),
    ownerId: whole(raw, 'ownerId'),
    tier: text(raw, 'tier'),
    level: oneOf(raw, 'level', levels),
    accountId: whole(raw, 'accountId') || undefined,
    group: oneOf(raw, 'group', riskGroupings),
    breached: raw.breached === 'true' || raw.breached === true ? 'true' : undefined,
    sort: oneOf(raw, 'sort', riskSorts),
    direction: oneOf(raw, 'direction', ['asc', 'desc']),
    risk: whole(raw, 'risk'),
  };
}
