/** Features of the workspace's product, and the events that count as their use. */
import sql, { empty, type Sql } from 'sql-template-tag';
import type { z } from 'zod';
import type { Parsed } from '#contracts/kit.ts';
import type { createFeature, feature } from '#contracts/signals.ts';
import { conflict, type Fault, invalid, notFound } from '#server/errors.ts';
import { audit } from '#server/modules/audit/index.ts';
import { queueWork } from '#server/modules/workspace/index.ts';
import type { Tx } from '#server/platform/db/pool.ts';
import type { Actor } from '#server/platform/http/route.ts';

export type Feature = z.infer<typeof feature>;
export type FeatureBody = Parsed<typeof createFeature>['body'];

/** Accounts looked at to say how many use a feature; a larger book is estimated from as many. */
const sampledAccounts = 2_000;

/** In the order of their areas and names. */
export async function listFeatures(tx: Tx, workspaceId: number): Promise<Feature[]> {
  const features = await selectFeatures(tx, workspaceId, empty);
  const using = await accountsUsing(tx, workspaceId);
  return features.map((one) => ({ ...one, accountsUsing30d: using.get(one.id) ?? 0 }));
}

async function readFeature(tx: Tx, workspaceId: number, id: number): Promise<Feature> {
  const [found] = await selectFeatures(tx, workspaceId, sql`and f.id = ${id}`);
  if (!found) throw notFound('feature');
  return { ...found, accountsUsing30d: (await accountsUsing(tx, workspaceId)).get(id) ?? 0 };
}

function selectFeatures(tx: Tx, workspaceId: number, which: Sql): Promise<Omit<Feature, 'accountsUsing30d'>[]> {
  return tx.many(sql`select f.id, f.key, f.name, f.area, f.core, f.advanced, f.plans,
      array(select e.event_name_id from feature_events e
        where e.workspace_id = f.workspace_id and e.feature_id = f.id order by 1) as events
    from features f where f.workspace_id = ${workspaceId} ${which}
    order by f.area nulls last, lower(f.name), f.id`);
}

/** Feature id → accounts that used it in 30 days: exact up to 2 000 accounts with usage, estimated from 2 000 beyond. */
async function accountsUsing(tx: Tx, workspaceId: number): Promise<Map<number, number>> {
  const rows = await tx.many<{ id: number; accounts: number }>(sql`
    with known as (select count(*) as n from usage_accounts where workspace_id = ${workspaceId}),
    sampled as (select account_id from usage_accounts where workspace_id = ${workspaceId}
      order by hashint8(account_id), account_id limit ${sampledAccounts})
    select f.id, round(count(distinct s.account_id) * greatest(1, max(known.n)::float8 / ${sampledAccounts}))::int as accounts
    from known, sampled s join usage_days u on u.workspace_id = ${workspaceId} and u.account_id = s.account_id
      and u.day > current_date - 30 and u.day <= current_date, unnest(u.features) as f (id)
    group by f.id`);
  return new Map(rows.map(({ id, accounts }) => [id, accounts]));
}

/** @throws AppError 409 for a key that is taken, 400 naming an event that is not there */
export async function addFeature(tx: Tx, actor: Actor, body: FeatureBody): Promise<Feature> {
  const { workspaceId } = actor;
  await refuseTakenKey(tx, workspaceId, body.key, null);
  const { id } = await tx.one<{
    id: number;
  }>(sql`insert into features (workspace_id, key, name, area, core, advanced, plans)
    values (${workspaceId}, ${body.key}, ${body.name}, ${body.area}, ${body.core}, ${body.advanced}, ${body.plans})
    returning id`);
  await setEvents(tx, workspaceId, id, body.events);
  await audit(tx, actor, 'created', 'feature', id, { ...body });
  await recount(tx, workspaceId);
  return readFeature(tx, workspaceId, id);
}

/** @throws AppError 404, and as `addFeature` */
export async function changeFeature(tx: Tx, actor: Actor, id: number, body: FeatureBody): Promise<Feature> {
  const { workspaceId } = actor;
  await refuseTakenKey(tx, workspaceId, body.key, id);
  const before = await readFeature(tx, workspaceId, id);
  await tx.run(sql`update features set key = ${body.key}, name = ${body.name}, area = ${body.area}, core = ${body.core},
      advanced = ${body.advanced}, plans = ${body.plans}
    where workspace_id = ${workspaceId} and id = ${id}`);
  await setEvents(tx, workspaceId, id, body.events);
  await audit(tx, actor, 'updated', 'feature', id, { ...body });
  const after = await readFeature(tx, workspaceId, id);
  if (countsOtherwise(before, after)) await recount(tx, workspaceId);
  return after;
}

/** @throws AppError 404 */
export async function removeFeature(tx: Tx, actor: Actor, id: number): Promise<void> {
  const { workspaceId } = actor;
  const before = await readFeature(tx, workspaceId, id);
  await tx.run(sql`delete from feature_events where workspace_id = ${workspaceId} and feature_id = ${id}`);
  await tx.run(sql`delete from features where workspace_id = ${workspaceId} and id = ${id}`);
  await audit(tx, actor, 'deleted', 'feature', id, { key: before.key, name: before.name });
  await recount(tx, workspaceId);
}

/** Name and area are for people; everything else is read by signals. */
function countsOtherwise(before: Feature, after: Feature): boolean {
  const read = ({ core, advanced, plans, events }: Feature) => JSON.stringify([core, advanced, plans, events]);
  return read(before) !== read(after);
}

export async function recount(tx: Tx, workspaceId: number): Promise<void> {
  await queueWork(tx, workspaceId, 'recount', 'Counting past use again after a change of features');
}

async function refuseTakenKey(tx: Tx, workspaceId: number, key: string, ownId: number | null): Promise<void> {
  const taken = await tx.maybe(sql`select 1 from features
    where workspace_id = ${workspaceId} and key = ${key} and id is distinct from ${ownId}`);
  if (taken) throw conflict('Another feature has this key.', [{ path: 'key', message: 'is taken' }]);
}

async function setEvents(tx: Tx, workspaceId: number, featureId: number, events: readonly number[]): Promise<void> {
  const known = await tx.many<{ id: number }>(sql`select id from event_names
    where workspace_id = ${workspaceId} and id = any(${events}::int[])`);
  const ids = new Set(known.map(({ id }) => id));
  const faults: Fault[] = events.flatMap((id, i) =>
    ids.has(id) ? [] : [{ path: `events[${i}]`, message: 'is no event of this workspace' }],
  );
  if (faults.length > 0) throw invalid(faults);
  await tx.run(sql`delete from feature_events
    where workspace_id = ${workspaceId} and feature_id = ${featureId} and event_name_id <> all(${events}::int[])`);
  await tx.run(sql`insert into feature_events (workspace_id, feature_id, event_name_id)
    select ${workspaceId}, ${featureId}, id from unnest(${[...ids]}::int[]) as id on conflict do nothing`);
}
