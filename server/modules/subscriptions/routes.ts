import sql from 'sql-template-tag';
import type { z } from 'zod';
import * as contract from '#contracts/subscriptions.ts';
import { readCalendar, requireAccount } from '#server/modules/accounts/index.ts';
import type { Tx } from '#server/platform/db/pool.ts';
import { type Route, route } from '#server/platform/http/route.ts';

type Subscription = z.infer<typeof contract.subscription>;

interface Row extends Omit<Subscription, 'plan' | 'quantity' | 'unit' | 'mrrMinor' | 'currency'> {
  /** dated rows, oldest first */
  changes: (Subscription['changes'][number] & { unit: string | null; currency: string })[];
}

export const subscriptionRoutes: Route[] = [
  route(contract.listSubscriptions, async ({ tx, actor, params }) => {
    await requireAccount(tx, actor.workspaceId, params.id);
    const { today } = await readCalendar(tx, actor.workspaceId);
    const rows = await listSubscriptions(tx, actor.workspaceId, params.id, today);
    return { items: rows.map((row) => present(row, today)) };
  }),
];

/** Active on a day from the start until before the end (chapter 02). */
function listSubscriptions(tx: Tx, workspaceId: number, accountId: number, today: string): Promise<Row[]> {
  return tx.many(sql`select s.id, s.product, s.start_day as "startDay", s.end_day as "endDay",
      s.renewal_day as "renewalDay", s.term_months as "termMonths", s.auto_renew as "autoRenew",
      s.start_day <= ${today}::date and (s.end_day is null or s.end_day > ${today}::date) as active,
      (select coalesce(json_agg(json_build_object('fromDay', c.from_day, 'plan', c.plan, 'quantity', c.quantity,
          'unit', c.unit, 'mrrMinor', c.mrr_minor, 'currency', c.currency) order by c.from_day), '[]')
        from subscription_changes c where c.workspace_id = s.workspace_id and c.subscription_id = s.id) as changes
    from subscriptions s where s.workspace_id = ${workspaceId} and s.account_id = ${accountId}
    order by active desc, s.start_day desc, s.id desc`);
}

/** Plan, seats and money are those of today; before the start the first ones, so that a line to come says what it will be. */
function present({ changes, ...line }: Row, today: string): Subscription {
  const now = changes.findLast(({ fromDay }) => fromDay <= today) ?? changes[0];
  return {
    ...line,
    plan: now?.plan ?? null,
    quantity: now?.quantity ?? null,
    unit: now?.unit ?? null,
    mrrMinor: now?.mrrMinor ?? 0,
    currency: now?.currency ?? '',
    changes: changes.map(({ fromDay, plan, quantity, mrrMinor }) => ({ fromDay, plan, quantity, mrrMinor })),
  };
}
