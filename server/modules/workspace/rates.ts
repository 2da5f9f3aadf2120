import sql from 'sql-template-tag';
import type { Answer } from '#contracts/kit.ts';
import type { listRates as contract } from '#contracts/workspace.ts';
import { invalidField } from '#server/errors.ts';
import { audit } from '#server/modules/audit/index.ts';
import { refreshFindings } from '#server/modules/findings/index.ts';
import type { Tx } from '#server/platform/db/pool.ts';
import type { Actor } from '#server/platform/http/route.ts';
import { queueRejudge } from './change.ts';

export interface Rate {
  currency: string;
  /** from this day on, 'YYYY-MM-DD' */
  day: string;
  /** one unit of `currency` in the workspace currency */
  rate: number;
}

/** What there is, and the currencies of contracts that have no rate at all. */
export async function listRates(tx: Tx, workspaceId: number): Promise<Answer<typeof contract>> {
  const items = await tx.many<Rate>(sql`select currency, day, rate from exchange_rates
    where workspace_id = ${workspaceId} order by currency, day`);
  const missing = await tx.many<{ currency: string; contractLines: number }>(sql`
    select c.currency, count(*) as "contractLines" from workspaces w
    join subscription_changes c on c.workspace_id = w.id and c.currency <> w.currency
    where w.id = ${workspaceId} and not exists (select 1 from exchange_rates r
      where r.workspace_id = w.id and r.currency = c.currency)
    group by c.currency order by 2 desc, 1`);
  return { items, missing };
}

/** Replaces all rates; accounts are judged again, as their money may have changed. */
export async function replaceRates(tx: Tx, actor: Actor, rates: readonly Rate[]) {
  refuseRepeated(rates);
  await tx.run(sql`delete from exchange_rates where workspace_id = ${actor.workspaceId}`);
  await tx.run(sql`insert into exchange_rates (workspace_id, currency, day, rate)
    select ${actor.workspaceId}, * from unnest(${rates.map((r) => r.currency)}::text[],
      ${rates.map((r) => r.day)}::date[], ${rates.map((r) => r.rate)}::double precision[])`);
  await audit(tx, actor, 'replaced', 'exchange_rates', null, { rates: rates.length });
  await refreshFindings(tx, actor.workspaceId);
  await queueRejudge(tx, actor.workspaceId);
  return listRates(tx, actor.workspaceId);
}

function refuseRepeated(rates: readonly Rate[]): void {
  const seen = new Set<string>();
  for (const [index, { currency, day }] of rates.entries()) {
    const key = `${currency} ${day}`;
    if (seen.has(key)) throw invalidField(`items[${index}].day`, `has a rate of ${currency} already`);
    seen.add(key);
  }
}
