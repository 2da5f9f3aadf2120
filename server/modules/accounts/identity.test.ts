import { beforeAll, describe, expect, test } from 'vitest';
import { readFact } from '#contracts/facts.ts';
import { type Tx, transaction } from '#server/platform/db/pool.ts';
import { testDatabase } from '#server/testing/database.ts';
import { type AccountRef, mergeAccounts, resolveAccounts, storeAccounts, undoMerge, upsertAccounts } from './index.ts';

const database = testDatabase();
const now = Date.parse('2026-03-01T12:00:00Z');
let workspaceId: number;
const inTx = <T>(work: (tx: Tx) => Promise<T>) => transaction(database.pool, workspaceId, work);

beforeAll(async () => {
  const { rows } = await database.pool.query<{ id: number }>(`insert into workspaces (name) values ('t') returning id`);
  workspaceId = rows[0]!.id;
});

function store(source: string, ...rows: Record<string, unknown>[]) {
  const facts = rows.map((row) => {
    const read = readFact('accounts', row, { timeZone: 'UTC', currency: 'USD', moneyUnit: 'major' });
    if ('reason' in read) throw new Error(read.reason);
    return read;
  });
  return inTx((tx) => storeAccounts(tx, workspaceId, facts, { source, now }));
}
async function idOf(ref: AccountRef): Promise<number | null> {
  return inTx(async (tx) => (await resolveAccounts(tx, workspaceId, [ref]))[0]!);
}
async function column(account: number | null, name: string): Promise<unknown> {
  const rows = await inTx((tx) =>
    tx.many<{ value: unknown }>({ text: `select ${name} as value from accounts where id = $1`, values: [account] }),
  );
  return rows[0]?.value;
}

describe('whose a fact is', () => {
  let acme: number | null;
  let globex: number | null;
  beforeAll(async () => {
    await store(
      'salesforce',
      { account: '001', name: 'Acme', productAccount: 'acme-1', domain: 'https://www.Acme.com/about' },
      { account: '002', name: 'Globex', domains: 'globex.com;gmail.com' },
    );
    acme = await idOf({ source: 'salesforce', externalId: '001' });
    globex = await idOf({ source: 'salesforce', externalId: '002' });
  });

  test.each([
    ['the source’s own id', { source: 'salesforce', externalId: '001' }, 'acme'],
    ['another source’s equal id is another account', { source: 'stripe', externalId: '001' }, null],
    ['the product’s id, as telemetry’s group', { source: 'telemetry', externalId: 'acme-1' }, 'acme'],
    ['the product’s id in a file', { source: 'file', externalId: 'acme-1' }, 'acme'],
    [
      'the product’s id that a source declares',
      { source: 'zendesk', externalId: 'z9', productAccount: 'acme-1' },
      'acme',
    ],
    ['the domain', { source: 'zendesk', domain: 'acme.com' }, 'acme'],
    ['the domain of an e-mail address', { source: 'zendesk', email: 'Jo@Globex.com' }, 'globex'],
    ['never a public mail domain', { source: 'zendesk', email: 'jo@gmail.com' }, null],
    ['an id before a domain', { source: 'salesforce', externalId: '002', domain: 'acme.com' }, 'globex'],
    ['an unknown id falls back to the domain', { source: 'salesforce', externalId: '999', domain: 'acme.com' }, 'acme'],
    ['nothing', { source: 'file' }, null],
  ] as [string, AccountRef, 'acme' | 'globex' | null][])('%s', async (_name, ref, expected) => {
    expect(await idOf(ref)).toBe(expected && { acme, globex }[expected]);
  });

  test('many at once keep their order', async () => {
    const refs = [
      { source: 'file', externalId: 'nobody' },
      { source: 'salesforce', externalId: '002' },
      { source: 'salesforce', externalId: '001' },
      { source: 'salesforce', externalId: '002' },
    ];
    expect(await inTx((tx) => resolveAccounts(tx, workspaceId, refs))).toEqual([null, globex, acme, globex]);
  });
});

describe('account facts', () => {
  test('make, change and repeat', async () => {
    const row = { account: 'a1', name: 'One', industry: 'Steel', startedOn: '2024-02-03', attributes: { plan: 'pro' } };
    expect((await store('file', row))[0]!.outcome).toBe('stored');
    expect((await store('file', row))[0]!.outcome).toBe('duplicate');
    expect((await store('file', { account: 'a1', industry: null, attributes: { size: 5 } }))[0]!.outcome).toBe(
      'updated',
    );
    const id = await idOf({ source: 'file', externalId: 'a1' });
    expect(await column(id, 'name')).toBe('One');
    expect(await column(id, 'industry')).toBeNull();
    expect(await column(id, 'attributes')).toEqual({ plan: 'pro', size: 5 });
  });

  test('two rows of one new account in one batch', async () => {
    const outcomes = await store('file', { account: 'b1', name: 'B' }, { account: 'b1', name: 'B2' });
    expect(outcomes.map((o) => o.outcome)).toEqual(['stored', 'updated']);
    expect(outcomes[0]!.accountId).toBe(outcomes[1]!.accountId);
  });

  test('tier, stage and owner keep their history', async () => {
    await database.pool.query(
      `insert into members (workspace_id, name, email, role) values (${workspaceId}, 'Kim', 'Kim@us.example', 'csm')`,
    );
    await store('file', { account: 'c1', tier: 'smb', owner: 'kim@us.example' });
    await inTx((tx) =>
      storeAccounts(
        tx,
        workspaceId,
        [
          readFact(
            'accounts',
            { account: 'c1', tier: 'enterprise', owner: 'nobody@us.example' },
            {
              timeZone: 'UTC',
              currency: 'USD',
              moneyUnit: 'major',
            },
          ) as never,
        ],
        { source: 'file', now: now + 1000 },
      ),
    );
    const id = await idOf({ source: 'file', externalId: 'c1' });
    const changes = await inTx((tx) =>
      tx.many<{ field: string; value: string }>({
        text: 'select field, value from account_changes where account_id = $1 order by field, at',
        values: [id],
      }),
    );
    expect(changes.map((c) => [c.field, c.value])).toEqual([
      ['owner', expect.any(String)],
      ['tier', 'smb'],
      ['tier', 'enterprise'],
    ]);
    expect(await column(id, 'owner_id')).not.toBeNull();
    expect(await column(id, 'attributes')).toEqual({ owner: 'nobody@us.example' });
  });

  test('older telemetry traits only fill what is empty', async () => {
    const group = (at: number, traits: Record<string, unknown>) =>
      inTx((tx) =>
        upsertAccounts(tx, workspaceId, [{ source: 'telemetry', externalId: 'g1', name: 'New', traits, at }]),
      );
    await group(now, { industry: 'Steel', tier: 'platinum' });
    await group(now - 5000, { industry: 'Wood', country: 'AT', size: 3 });
    const id = await idOf({ source: 'telemetry', externalId: 'g1' });
    expect([await column(id, 'industry'), await column(id, 'country')]).toEqual(['Steel', 'AT']);
    expect(await column(id, 'attributes')).toEqual({ tier: 'platinum', size: 3 });
  });

  test('two transactions that make the same account make one', async () => {
    const refs = Array.from({ length: 6 }, () => store('file', { account: 'same', name: 'Same' }));
    const all = await Promise.all(refs);
    expect(new Set(all.map((outcomes) => outcomes[0]!.accountId)).size).toBe(1);
  });
});

describe('merging', () => {
  const tables = [
    'account_ids',
    'account_domains',
    'contacts',
    'contact_accounts',
    'contact_roles',
    'subscriptions',
    'tickets',
    'events',
    'usage_counts',
    'usage_days',
  ];
  /** Everything that names an account, as text; the past of what was computed is left out. */
  function picture(): Promise<string[]> {
    return inTx(async (tx) => {
      const lines: string[] = [];
      for (const table of tables) {
        const rows = await tx.many<{ line: string }>({ text: `select t::text as line from ${table} t`, values: [] });
        lines.push(...rows.map((row) => `${table} ${row.line}`).sort());
      }
      return lines;
    });
  }

  test('moves everything, and undoing moves exactly that back', async () => {
    await store('crm', { account: 'm1', name: 'Kept', domain: 'kept.example' });
    await store('crm', { account: 'm2', name: 'Merged', domain: 'merged.example' });
    const kept = (await idOf({ source: 'crm', externalId: 'm1' }))!;
    const merged = (await idOf({ source: 'crm', externalId: 'm2' }))!;
    await inTx(async (tx) => {
      const ids = [workspaceId, kept, merged];
      const run = (text: string) => tx.run({ text: text.replace(/\$(\d)/g, (_, n) => String(ids[n - 1])), values: [] });
      await tx.run({ text: `select ensure_events_partition('2026-02-01')`, values: [] });
      await run(`insert into event_names (workspace_id, kind, name) values ($1, 'track', 'x')`);
      await run(`insert into contacts (workspace_id, account_id, name, since)
        values ($1, $2, 'k', '2026-01-01'), ($1, $3, 'm', '2026-01-01')`);
      // The same person at both, with the same beginning: the keys collide.
      await run(`insert into contact_accounts (workspace_id, contact_id, account_id, from_at)
        select $1, c.id, a, '2026-01-01' from contacts c, unnest(array[$2, $3]) as a where c.name = 'm'`);
      await run(`insert into contact_roles (workspace_id, contact_id, account_id, role, from_at)
        select $1, c.id, a, 'champion', '2026-01-01' from contacts c, unnest(array[$2, $3]) as a where c.name = 'm'`);
      await run(`insert into subscriptions (workspace_id, account_id, source, external_id, product, start_day)
        values ($1, $2, 'crm', 's1', 'p', '2026-01-01'), ($1, $3, 'crm', 's2', 'p', '2026-01-01')`);
      await run(`insert into tickets (workspace_id, account_id, source, external_id, opened_at)
        select $1, $3, 'crm', 't1', '2026-01-05'`);
      await run(`insert into events (workspace_id, ts, message_id, account_id, event_name_id)
        select $1::int, '2026-02-01'::timestamptz + make_interval(hours => n), gen_random_uuid(),
          case when n % 2 = 0 then $2::bigint else $3::bigint end, e.id
        from generate_series(1, 20) n, event_names e where e.name = 'x'`);
      await run(`insert into usage_counts (workspace_id, account_id, day, event_name_id, part, count)
        values ($1, $2, '2026-01-10', 0, 0, 5), ($1, $3, '2026-01-10', 0, 0, 7), ($1, $3, '2026-01-11', 0, 99, 1)`);
    });
    const { rebuildUsage } = await import('#server/modules/usage/index.ts');
    await inTx((tx) => rebuildUsage(tx, workspaceId, [kept, merged], now));
    const before = await picture();

    const mergeId = await inTx((tx) =>
      mergeAccounts(tx, workspaceId, { keptId: kept, mergedId: merged, memberId: null }),
    );
    expect(await idOf({ source: 'crm', externalId: 'm2' })).toBe(kept);
    expect(await idOf({ source: 'crm', domain: 'merged.example' })).toBe(kept);
    const usage = await inTx((tx) =>
      tx.many<{ account_id: number; day: string; events: number }>({
        text: 'select account_id, day, events from usage_days where account_id = any ($1) order by day',
        values: [[kept, merged]],
      }),
    );
    expect(usage).toEqual([
      { account_id: kept, day: '2026-01-10', events: 12 },
      { account_id: kept, day: '2026-01-11', events: 1 },
      { account_id: kept, day: '2026-02-01', events: 20 },
    ]);

    await inTx((tx) => undoMerge(tx, workspaceId, mergeId));
    expect(await picture()).toEqual(before);
    expect(await idOf({ source: 'crm', externalId: 'm2' })).toBe(merged);
    await expect(inTx((tx) => undoMerge(tx, workspaceId, mergeId))).rejects.toThrow('undone already');
  });

  test('three into one come apart in reverse order only', async () => {
    await store('crm', { account: 'n1' }, { account: 'n2' }, { account: 'n3' });
    const [a, b, c] = await Promise.all(['n1', 'n2', 'n3'].map((id) => idOf({ source: 'crm', externalId: id })));
    await inTx((tx) =>
      tx.run({
        text: `insert into events (workspace_id, ts, message_id, account_id, event_name_id)
          select $1::int, '2026-02-02'::timestamptz, gen_random_uuid(), a, 1 from unnest($2::bigint[]) as a`,
        values: [workspaceId, [a, b, c]],
      }),
    );
    const before = await picture();
    const merge = (keptId: number, mergedId: number) =>
      inTx((tx) => mergeAccounts(tx, workspaceId, { keptId, mergedId, memberId: null }));
    const first = await merge(b!, c!);
    const second = await merge(a!, b!);
    expect(await idOf({ source: 'crm', externalId: 'n3' })).toBe(a);
    await expect(merge(a!, b!)).rejects.toThrow('merged into another account already');
    await expect(inTx((tx) => undoMerge(tx, workspaceId, first))).rejects.toThrow('Undo that merge first');
    await inTx((tx) => undoMerge(tx, workspaceId, second));
    expect(await idOf({ source: 'crm', externalId: 'n3' })).toBe(b);
    await inTx((tx) => undoMerge(tx, workspaceId, first));
    expect((await picture()).filter((line) => !line.startsWith('usage_days'))).toEqual(
      before.filter((line) => !line.startsWith('usage_days')),
    );
  });
});
