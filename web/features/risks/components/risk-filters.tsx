import { useQuery } from '@tanstack/react-query';
import { X } from 'lucide-react';
import type { riskGroupings, riskStanding } from '#contracts/risk.ts';
import { useOwnerOptions } from '#web/lib/members.ts';
import { tierWords } from '#web/lib/words.ts';
import { Button } from '#web/ui/button.tsx';
import { Choice } from '#web/ui/choice.tsx';
import { riskRulesQuery } from '../api/risks.ts';

/** What the register is narrowed to; undefined is everything. */
export interface RiskNarrowing {
  status?: (typeof riskStanding)[number] | undefined;
  urgency?: string | undefined;
  rule?: string | undefined;
  ownerId?: number | undefined;
  tier?: string | undefined;
  level?: string | undefined;
  accountId?: number | undefined;
  group?: RiskGrouping | undefined;
}

export type RiskGrouping = (typeof riskGroupings)[number];

const anything = 'any';
const statuses = [
  { value: 'open' as const, label: 'Open' },
  { value: 'new' as const, label: 'Not acknowledged' },
  { value: 'acknowledged' as const, label: 'Acknowledged' },
  { value: 'snoozed' as const, label: 'Snoozed' },
  { value: 'overdue' as const, label: 'Overdue' },
  { value: 'closed' as const, label: 'Closed' },
  { value: 'all' as const, label: 'All' },
];

const urgencyOptions = [
  { value: 'critical', label: 'Critical' },
  { value: 'high', label: 'High' },
  { value: 'medium', label: 'Medium' },
];

const levelOptions = [
  { value: 'high,critical', label: 'Level high or critical' },
  ...urgencyOptions.map(({ value, label }) => ({ value, label: `Level ${label.toLowerCase()}` })),
  { value: 'none', label: 'Level none' },
];

const groupOptions: { value: RiskGrouping; label: string }[] = [
  { value: 'account', label: 'By account' },
  { value: 'rule', label: 'By rule' },
  { value: 'owner', label: 'By owner' },
  { value: 'level', label: 'By level' },
];

export function RiskFilters({ value, onChange }: { value: RiskNarrowing; onChange: (change: RiskNarrowing) => void }) {
  const owners = useOwnerOptions();
  const { data: rules } = useQuery(riskRulesQuery);
  const any = (label: string) => ({ value: anything, label });
  const orNothing = (chosen: string) => (chosen === anything ? undefined : chosen);
  return (
    <>
      <Choice
        label="Status"
        options={statuses}
        neutral="open"
        value={value.status ?? 'open'}
        onChange={(status) => onChange({ status: status === 'open' ? undefined : status })}
      />
      <Choice
        label="Urgency"
        neutral={anything}
        options={[any('Any urgency'), ...urgencyOptions]}
        value={value.urgency ?? anything}
        onChange={(urgency) => onChange({ urgency: orNothing(urgency) })}
      />
      <Choice
        label="Rule"
        neutral={anything}
        options={[any('Any rule'), ...(rules?.items ?? []).map((rule) => ({ value: rule.key, label: rule.title }))]}
        value={value.rule ?? anything}
        onChange={(rule) => onChange({ rule: orNothing(rule) })}
      />
      <Choice
        label="Owner"
        neutral={anything}
        options={[any('Any owner'), ...owners, { value: '0', label: 'Nobody' }]}
        value={value.ownerId === undefined ? anything : String(value.ownerId)}
        onChange={(owner) => onChange({ ownerId: orNothing(owner) === undefined ? undefined : Number(owner) })}
      />
      <Choice
        label="Tier"
        neutral={anything}
        options={[any('Any tier'), ...Object.entries(tierWords).map(([key, label]) => ({ value: key, label }))]}
        value={value.tier ?? anything}
        onChange={(tier) => onChange({ tier: orNothing(tier) })}
      />
      <Choice
        label="Level of the account"
        neutral={anything}
        options={[any('Any level'), ...levelOptions]}
        value={value.level ?? anything}
        onChange={(level) => onChange({ level: orNothing(level) })}
      />
      {value.accountId !== undefined && (
        <Button size="sm" onClick={() => onChange({ accountId: undefined })}>
          One account
          <X className="size-3.5 text-faint" aria-hidden="true" />
          <span className="sr-only">, show all accounts</span>
        </Button>
      )}
      <Choice
        label="Groups"
        neutral={anything}
        options={[any('No groups'), ...groupOptions]}
        value={value.group ?? anything}
        onChange={(group) => onChange({ group: orNothing(group) as RiskGrouping | undefined })}
      />
    </>
  );
}
