import sql from 'sql-template-tag';
import type { getStanding } from '#contracts/accounts.ts';
import type { Answer } from '#contracts/kit.ts';
import { endOfDay, fromIso } from '#core/calendar/day.ts';
import type { Tx } from '#server/platform/db/pool.ts';
import { readCalendar } from './calendar.ts';
import { requireAccount } from './require.ts';

type Standing = Answer<typeof getStanding>;

/** Who owned the account and where it stood at the end of a day (by default today), from the dated changes. @throws AppError 404 */
export async function readStanding(tx: Tx, workspaceId: number, accountId: number, asOf?: string): Promise<Standing> {
  await requireAccount(tx, workspaceId, accountId);
  const { timeZone, today } = await readCalendar(tx, workspaceId);
  const shown = asOf ?? today;
  const rows = await tx.many<{ field: string; value: string | null }>(sql`
    select distinct on (c.field) c.field,
      case when c.field = 'owner' then (select m.name from members m where m.workspace_id = c.workspace_id
        and m.id::text = c.value) else c.value end as value
    from account_changes c where c.workspace_id = ${workspaceId} and c.account_id = ${accountId}
      and c.at <= to_timestamp(${endOfDay(fromIso(shown)!, timeZone)}::float8 / 1000)
    order by c.field, c.at desc`);
  const values = new Map(rows.map(({ field, value }) => [field, value]));
  return {
    day: shown,
    ownerName: values.get('owner') ?? null,
    tier: (values.get('tier') ?? null) as Standing['tier'],
    stage: (values.get('stage') ?? null) as Standing['stage'],
  };
}
