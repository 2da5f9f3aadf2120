/** What a workspace decides about its product and money, read once for a batch of accounts. */
import { fromIso } from '#core/calendar/day.ts';
import { minorDigits } from '#core/money/money.ts';
import type { Feature, SignalSettings } from '#core/signals/facts.ts';
import type { Tx } from '#server/platform/db/pool.ts';

export interface WorkspaceSettings extends SignalSettings {
  workspaceId: number;
  loginMapped: boolean;
  /** minor units in one unit of the workspace's currency */
  minorPerUnit: number;
}

interface Row {
  time_zone: string;
  currency: string;
  rhythm: SignalSettings['rhythm'];
  working_days: number[];
  holidays: string[];
  login_mapped: boolean;
  features: Feature[] | null;
  rates: { currency: string; day: number; rate: number }[] | null;
}

/** @throws when there is no such workspace */
export async function loadSettings(tx: Tx, workspaceId: number): Promise<WorkspaceSettings> {
  const row = await tx.one<Row>({
    name: 'load-signal-settings',
    text: `select w.time_zone, w.currency, w.rhythm, to_json(w.working_days) as working_days, to_json(w.holidays) as holidays,
        exists (select 1 from event_names n where n.workspace_id = w.id and n.is_login) as login_mapped,
        (select json_agg(json_build_object('id', f.id, 'key', f.key, 'core', f.core, 'advanced', f.advanced, 'plans', f.plans))
          from features f where f.workspace_id = w.id) as features,
        (select json_agg(json_build_object('currency', r.currency, 'day', day_number(r.day), 'rate', r.rate) order by r.day)
          from exchange_rates r where r.workspace_id = w.id) as rates
      from workspaces w where w.id = $1`,
    values: [workspaceId],
  });
  const rates = Map.groupBy(row.rates ?? [], (r) => r.currency);
  return {
    workspaceId,
    timeZone: row.time_zone,
    currency: row.currency,
    rhythm: row.rhythm,
    workingDays: row.working_days,
    holidays: new Set(row.holidays.map((day) => fromIso(day)!)),
    features: row.features ?? [],
    rates,
    loginMapped: row.login_mapped,
    minorPerUnit: 10 ** minorDigits(row.currency),
  };
}
