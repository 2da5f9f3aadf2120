/** Which source is believed, for each field. */
import sql from 'sql-template-tag';
import type { Answer, Parsed } from '#contracts/kit.ts';
import type { listSourceOrders as listContract, putSourceOrder as putContract } from '#contracts/reconciliation.ts';
import { BY_HAND, isTruthField, OTHERS, orderOf, TRUTH_FIELDS, titleOf } from '#core/accounts/truth.ts';
import { invalidField } from '#server/errors.ts';
import { readOrders } from '#server/modules/accounts/index.ts';
import { audit } from '#server/modules/audit/index.ts';
import { queueWork } from '#server/modules/workspace/index.ts';
import type { Tx } from '#server/platform/db/pool.ts';
import type { Actor } from '#server/platform/http/route.ts';
import { followNext, followWork } from './work.ts';

type Listed = Answer<typeof listContract>;

/** The general order, then every field's. */
export async function listOrders(tx: Tx, workspaceId: number, workId: number | null = null): Promise<Listed> {
  const orders = await readOrders(tx, workspaceId);
  const fields = [
    ...new Set([...Object.keys(TRUTH_FIELDS), ...[...orders.keys()].filter((field) => field !== OTHERS)]),
  ];
  const known = await tx.many<{ source: string }>(sql`select distinct source from account_claims
    where workspace_id = ${workspaceId} and source <> ${BY_HAND} order by 1 limit 200`);
  const listed = (field: string, title: string) => {
    return { field, title, sources: [...orderOf(orders, field)], own: orders.has(field) };
  };
  return {
    items: [listed(OTHERS, 'All other fields'), ...fields.map((field) => listed(field, titleOf(field)))],
    known: known.map(({ source }) => source),
    workId,
  };
}

/** Sets an order, and lets accounts follow it: a few at once, many as a long work. @throws AppError 400 for an unknown field */
export async function setOrder(
  tx: Tx,
  actor: Actor,
  { field, sources }: Parsed<typeof putContract>['body'],
): Promise<Listed> {
  const { workspaceId } = actor;
  if (field !== OTHERS && !isTruthField(field)) throw invalidField('field', 'is no field of an account');
  const before = (await readOrders(tx, workspaceId)).get(field) ?? null;
  if (sources === null) {
    await tx.run(sql`delete from truth_orders where workspace_id = ${workspaceId} and field = ${field}`);
  } else {
    await tx.run(sql`insert into truth_orders (workspace_id, field, sources) values (${workspaceId}, ${field}, ${sources})
      on conflict (workspace_id, field) do update set sources = excluded.sources`);
  }
  if (JSON.stringify(before) === JSON.stringify(sources)) return listOrders(tx, workspaceId);
  await audit(tx, actor, 'changed', 'source order', field, { from: before, to: sources });
  const next = await followNext(tx, workspaceId, field, 0);
  const workId =
    next === null
      ? null
      : await queueWork(tx, workspaceId, followWork, 'Accounts follow a new order of sources', { field });
  return listOrders(tx, workspaceId, workId);
}
