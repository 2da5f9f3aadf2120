/** Makes what a test needs, with plausible defaults; each function writes rows and returns the id. */
import { randomBytes } from 'node:crypto';
import sql from 'sql-template-tag';
import { permissionKeys, type Role, roles } from '#contracts/permissions.ts';
import { SIGNAL_KEYS, type SignalKey } from '#core/signals/catalogue.ts';
import { type Pool, system, type Tx, transaction } from '#server/platform/db/pool.ts';
import type { Actor } from '#server/platform/http/route.ts';

/** A workspace with nothing in it. */
export async function createWorkspace(
  pool: Pool,
  { name = 'Test', timeZone = 'UTC', currency = 'USD' }: { name?: string; timeZone?: string; currency?: string } = {},
): Promise<number> {
  const { id } = await system(pool, (tx) =>
    tx.one<{ id: number }>(sql`insert into workspaces (name, time_zone, currency)
      values (${name}, ${timeZone}, ${currency}) returning id`),
  );
  return id;
}

/** A member who can sign in nowhere: tests act as them through `memberActor`. */
export async function createMember(
  tx: Tx,
  workspaceId: number,
  { name = 'Mia Member', role = 'csm', status = 'active' }: { name?: string; role?: Role; status?: string } = {},
): Promise<number> {
  const email = `${randomBytes(6).toString('hex')}@example.test`;
  const { id } = await tx.one<{ id: number }>(sql`insert into members (workspace_id, name, email, role, status)
    values (${workspaceId}, ${name}, ${email}, ${role}, ${status}) returning id`);
  return id;
}

export function memberActor(workspaceId: number, id: number, role: Role = 'csm', name = 'Mia Member'): Actor {
  return { kind: 'member', id, name, workspaceId, permissions: new Set(roles[role].can) };
}

/** May do everything. */
export function keyActor(workspaceId: number): Actor {
  return { kind: 'api_key', id: 1, name: 'test key', workspaceId, permissions: new Set(permissionKeys) };
}

export interface AccountWish {
  name?: string;
  ownerId?: number | null;
  industry?: string | null;
  country?: string | null;
  tier?: string | null;
  stage?: string | null;
  tags?: string[];
  attributes?: Record<string, unknown>;
  domains?: string[];
  /** under the source 'file' */
  externalIds?: string[];
  state?: StateWish;
}

/** As the evaluator would have left it. */
export interface StateWish {
  state?: 'scored' | 'insufficient';
  score?: number | null;
  band?: string | null;
  coverage?: number;
  change7d?: number | null;
  change30d?: number | null;
  spark?: (number | null)[];
  riskLevel?: 0 | 1 | 2 | 3;
  openRisks?: number;
  arrMinor?: number | null;
  renewalDay?: string | null;
  seats?: number | null;
  activeUsers?: number | null;
  lastActiveDay?: string | null;
  tier?: string | null;
  stage?: string | null;
  signals?: Partial<Record<SignalKey, number | null>>;
  custom?: Record<string, unknown>;
}

export async function createAccount(tx: Tx, workspaceId: number, wish: AccountWish = {}): Promise<number> {
  const { id } = await tx.one<{ id: number }>(sql`insert into accounts
      (workspace_id, name, owner_id, industry, country, tier, stage, tags, attributes)
    values (${workspaceId}, ${wish.name ?? 'Acme'}, ${wish.ownerId ?? null}, ${wish.industry ?? null},
      ${wish.country ?? null}, ${wish.tier ?? null}, ${wish.stage ?? null}, ${wish.tags ?? []},
      ${JSON.stringify(wish.attributes ?? {})}::jsonb) returning id`);
  for (const domain of wish.domains ?? []) {
    await tx.run(
      sql`insert into account_domains (workspace_id, domain, account_id) values (${workspaceId}, ${domain}, ${id})`,
    );
  }
  for (const externalId of wish.externalIds ?? []) {
    await tx.run(sql`insert into account_ids (workspace_id, source, external_id, account_id)
      values (${workspaceId}, 'file', ${externalId}, ${id})`);
  }
  if (wish.state) await setState(tx, workspaceId, id, wish.state);
  return id;
}

/** Replaces the account's state. */
export async function setState(tx: Tx, workspaceId: number, accountId: number, wish: StateWish): Promise<void> {
  const signals = SIGNAL_KEYS.map((key) => wish.signals?.[key] ?? null);
  await tx.run(sql`delete from account_states where workspace_id = ${workspaceId} and account_id = ${accountId}`);
  await tx.run(sql`insert into account_states (workspace_id, account_id, as_of, day, signals, custom, state, score,
      computed_score, band, coverage, change_7d, change_30d, spark, risk_level, open_risks, arr_minor, renewal_day, seats,
      active_users, last_active_day, tier, stage)
    values (${workspaceId}, ${accountId}, now(), current_date, ${signals}, ${JSON.stringify(wish.custom ?? {})}::jsonb,
      ${wish.state ?? 'scored'}, ${wish.score ?? null}, ${wish.score ?? null}, ${wish.band ?? null},
      ${wish.coverage ?? 1}, ${wish.change7d ?? null}, ${wish.change30d ?? null}, ${wish.spark ?? []},
      ${wish.riskLevel ?? 0}, ${wish.openRisks ?? 0}, ${wish.arrMinor ?? null}, ${wish.renewalDay ?? null},
      ${wish.seats ?? null}, ${wish.activeUsers ?? null}, ${wish.lastActiveDay ?? null}, ${wish.tier ?? null},
      ${wish.stage ?? null})`);
}

export async function createContact(
  tx: Tx,
  workspaceId: number,
  accountId: number,
  {
    name = 'Cara Contact',
    email = null,
    isUser = false,
  }: { name?: string; email?: string | null; isUser?: boolean } = {},
): Promise<number> {
  const { id } = await tx.one<{ id: number }>(sql`insert into contacts (workspace_id, account_id, name, email, is_user)
    values (${workspaceId}, ${accountId}, ${name}, ${email}, ${isUser}) returning id`);
  await tx.run(sql`insert into contact_accounts (workspace_id, contact_id, account_id, from_at)
    values (${workspaceId}, ${id}, ${accountId}, now())`);
  return id;
}

/** Two workspaces of which the second must never see what the first holds. */
export async function createNeighbours(pool: Pool): Promise<{ ours: number; theirs: number }> {
  return { ours: await createWorkspace(pool), theirs: await createWorkspace(pool, { name: 'Neighbour' }) };
}

/** Runs `work` in a transaction of the workspace, as `transaction` does; shorter in tests. */
export function inside<T>(pool: Pool, workspaceId: number, work: (tx: Tx) => Promise<T>): Promise<T> {
  return transaction(pool, workspaceId, work);
}
