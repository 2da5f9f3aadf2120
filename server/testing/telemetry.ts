/** Sends telemetry as an SDK does, and looks at what became of it. */
import { randomBytes } from 'node:crypto';
import type { Pool } from '#server/platform/db/pool.ts';
import type { TestDatabase } from './database.ts';
import { createWorkspace } from './factories.ts';
import type { TestServer } from './server.ts';

export interface Sending {
  /** sent as it is */
  body?: BodyInit;
  headers?: Record<string, string>;
  /** '' sends none */
  key?: string;
}

export interface Sender {
  workspaceId: number;
  writeKey: string;
  /** Posts JSON (or `body` as it is) with the write key. */
  post(path: string, json: unknown, more?: Sending): Promise<Response>;
  /** Posts a batch that must be accepted; gives the answer. */
  batch(messages: readonly object[]): Promise<{ accepted: number; rejected: { index: number; field: string }[] }>;
  stored(): Promise<StoredFacts>;
}

export interface StoredFacts {
  /** by external id */
  accounts: Record<string, { name: string; attributes: Record<string, unknown> }>;
  /** by external id; `account` is the external id of theirs */
  people: Record<string, { email: string | null; name: string | null; account: string | null }>;
  /** in the order of time */
  events: { kind: string; name: string; account: string | null; user: string | null; reference: string | null }[];
  /** events counted, by the external id of the account */
  usage: Record<string, number>;
  rejected: { reason: string; field: string | null; payload: unknown }[];
}

/** A new workspace with a write key, on a server that runs. */
export async function createSender(database: TestDatabase, server: TestServer, timeZone = 'UTC'): Promise<Sender> {
  const workspaceId = await createWorkspace(database.pool, { timeZone });
  const writeKey = await createWriteKey(database.pool, workspaceId);
  const post: Sender['post'] = (path, json, { body, headers = {}, key = writeKey } = {}) =>
    fetch(`${server.origin}${path}`, {
      method: 'POST',
      headers: {
        ...(key === '' ? {} : { authorization: `Basic ${Buffer.from(`${key}:`).toString('base64')}` }),
        'content-type': 'application/json',
        ...headers,
      },
      body: body ?? JSON.stringify(json),
    });
  return {
    workspaceId,
    writeKey,
    post,
    batch: async (messages) => {
      const response = await post('/v1/batch', { batch: messages });
      if (response.status !== 200) throw new Error(`${response.status}: ${await response.text()}`);
      return response.json();
    },
    stored: () => storedFacts(database.pool, workspaceId),
  };
}

export async function createWriteKey(pool: Pool, workspaceId: number): Promise<string> {
  const key = `wk_${randomBytes(8).toString('hex')}`;
  await pool.query('insert into write_keys (workspace_id, name, key) values ($1, $2, $3)', [workspaceId, 'test', key]);
  return key;
}

/** What telemetry has stored in a workspace, in words of the sender: its own ids, no ids of ours. */
export async function storedFacts(pool: Pool, workspaceId: number): Promise<StoredFacts> {
  const client = await pool.connect();
  const rows = async <T>(text: string): Promise<T[]> => (await client.query(text, [workspaceId])).rows as T[];
  try {
    await client.query(`begin; select set_config('app.workspace_id', '${workspaceId}', true)`);
    const accounts = await rows<{ id: string; name: string; attributes: Record<string, unknown> }>(
      `select i.external_id as id, a.name, a.attributes from account_ids i
        join accounts a on a.workspace_id = $1 and a.id = i.account_id where i.workspace_id = $1 order by 1`,
    );
    const people = await rows<{ id: string; email: string | null; name: string | null; account: string | null }>(
      `select i.external_id as id, c.email, c.name, ${externalId('c.account_id')} as account from contact_ids i
        join contacts c on c.workspace_id = $1 and c.id = i.contact_id where i.workspace_id = $1
          and i.source <> 'anonymous' order by 1`,
    );
    const events = await rows<StoredFacts['events'][number]>(
      `select n.kind, n.name, ${externalId('e.account_id')} as account, e.reference,
          (select min(external_id) from contact_ids i where i.workspace_id = $1 and i.contact_id = e.contact_id
            and i.source <> 'anonymous') as "user"
        from events e join event_names n on n.workspace_id = $1 and n.id = e.event_name_id
        where e.workspace_id = $1 order by e.ts, n.kind, n.name`,
    );
    const usage = await rows<{ account: string; events: number }>(
      `select ${externalId('u.account_id')} as account, sum(events) as events from usage_days u
        where u.workspace_id = $1 group by u.account_id order by 1`,
    );
    const rejected = await rows<StoredFacts['rejected'][number]>(
      'select reason, field, payload from rejected_events where workspace_id = $1 and replayed_at is null order by id',
    );
    return {
      accounts: Object.fromEntries(accounts.map(({ id, ...account }) => [id, account])),
      people: Object.fromEntries(people.map(({ id, ...person }) => [id, person])),
      events,
      usage: Object.fromEntries(usage.map((row) => [row.account, row.events])),
      rejected,
    };
  } finally {
    await client.query('rollback');
    client.release();
  }
}

function externalId(accountId: string): string {
  return `(select min(external_id) from account_ids i where i.workspace_id = $1 and i.account_id = ${accountId})`;
}
