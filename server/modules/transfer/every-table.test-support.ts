/** Rows in every table of a workspace, with values that a careless export would lose. */
import { randomUUID } from 'node:crypto';
import { type Pool, system, type Tx, transaction } from '#server/platform/db/pool.ts';
import { exportedTables } from './tables.ts';

interface Column {
  table: string;
  name: string;
  type: string;
  identity: boolean;
}

/** Where a check or a meaning limits what may stand; the n-th row takes the n-th, over and over. */
const limited: Readonly<Record<string, readonly unknown[]>> = {
  'members.role': ['admin', 'csm', 'viewer'],
  'members.status': ['active', 'active', 'invited'],
  'accounts.tier': ['smb', null],
  'accounts.stage': ['adopt', null],
  'account_changes.field': ['owner', 'stage', 'tier'],
  'contacts.email': ['ann@example.test', null, 'bea@example.test'],
  'contact_roles.role': ['champion', 'billing'],
  'subscriptions.start_day': ['2025-01-01'],
  'subscriptions.end_day': ['2026-01-01', null],
  'tickets.severity': ['low', 'urgent'],
  'tickets.sentiment': [-0.1, null, 1],
  'survey_responses.kind': ['nps', 'csat'],
  'survey_responses.scale_min': [0],
  'survey_responses.scale_max': [10],
  'touchpoints.kind': ['call', 'ebr'],
  'touchpoints.status': ['held', 'planned'],
  'touchpoints.direction': ['inbound', null],
  'stakeholder_changes.kind': ['champion_left'],
  'intents.kind': ['competitor'],
  'event_names.kind': ['track', 'page'],
  'events.ts': ['2026-03-01T00:00:00.000001Z', '2026-02-28T23:59:59.999999Z', '1999-12-31T23:59:59Z'],
  'usage_days.source': ['events', 'counts'],
  'account_states.state': ['scored', 'insufficient'],
  'account_histories.reading': ['then', 'now'],
  'score_overrides.score': [12.5, null],
  'account_losses.kind': ['churned', 'shrank'],
  'audit_log.actor_kind': ['member', 'system'],
  'imports.status': ['done', 'failed', 'cancelled'],
  'risk_signals.urgency': ['high', 'low'],
  'long_works.status': ['done', 'queued', 'failed'],
  'exchange_rates.rate': [0.1, 1e-300, 123_456.789],
};

/** What double precision, and text, hold at their edges. */
const doubles = [0.1, -1.7976931348623157e308, 'NaN', 5e-324];
const texts = ['a "quoted"\\ text\nof two lines', '𝄞 ü \u2028 \u0001', ''];
const beyondDoubles = 9_007_199_254_740_993n;

function sampleOf({ table, name, type }: Column, n: number): unknown {
  const some = limited[`${table}.${name}`];
  if (some) return some[n % some.length];
  switch (type) {
    case 'text':
      return `${texts[n % texts.length]}${n}`;
    case 'character(3)':
      return ['EUR', 'USD', 'JPY'][n % 3];
    case 'boolean':
      return n % 2 === 0;
    case 'smallint':
    case 'integer':
      return n + 1;
    case 'bigint':
      return String(beyondDoubles + BigInt(n));
    case 'double precision':
      return doubles[n % doubles.length];
    case 'date':
      return `2026-01-0${n + 1}`;
    case 'timestamp with time zone':
      return ['2026-01-02T03:04:05.678901Z', '2026-01-03T00:00:00+05:30', '2099-01-01T00:00:00Z'][n % 3];
    case 'jsonb':
      return ['{"a": [1, 12345678901234567890.5, "ü\\n"], "b": null}', '[]', '{"n": 1e400}'][n % 3];
    case 'uuid':
      return randomUUID();
    case 'bytea':
      return Buffer.from([0, 10, 34, 92, 255, n]);
    case 'text[]':
      return [['a,b', '"', 'null'], [], ['{}']][n % 3];
    case 'smallint[]':
    case 'integer[]':
    case 'bigint[]':
      return [[1, null, 3], [], [n]][n % 3];
    case 'double precision[]':
      return [[0.1, null, 'NaN'], [], [n]][n % 3];
    case 'date[]':
      return ['2026-01-01'];
    case 'timestamp with time zone[]':
      return [['2026-01-02T03:04:05.678901Z'], []][n % 2];
    default:
      throw new Error(`${table}.${name} has a type without a value here: ${type}`);
  }
}

const rowsEach = 3;

/** Fills every exported table of a new workspace, whose first member can sign in, and returns its id. */
export async function fillEveryTable(pool: Pool): Promise<number> {
  const id = await system(pool, async (tx) => {
    await tx.run({
      text: `insert into auth."user" (id, name, email) values ('u1', 'Ada', $1)`,
      values: [`${texts[0]}0`],
    });
    await tx.run({
      text: `select ensure_events_partition('2026-03-01'), ensure_events_partition('2026-02-01')`,
      values: [],
    });
    return (
      await tx.one<{ id: number }>({
        text: `insert into workspaces (name, time_zone, currency, rhythm, holidays, day_closed, created_at)
          values ('Größe & Co', 'Asia/Kolkata', 'INR', 'weekly', '{2026-01-01}', '2026-03-04', '2026-01-02T03:04:05.678901Z')
          returning id`,
        values: [],
      })
    ).id;
  });
  await transaction(pool, id, async (tx) => {
    const columns = await readColumns(tx);
    for (const { table } of exportedTables) {
      const own = columns.filter((column) => column.table === table);
      for (let n = 0; n < rowsEach; n++) if (fits(table, n)) await insert(tx, id, table, own, n);
    }
    await tx.run({
      text: `update members set user_id = 'u1' where workspace_id = $1 and role = 'admin'`,
      values: [id],
    });
  });
  return id;
}

/** Two tables have one row a workspace. */
const fits = (table: string, n: number) => n === 0 || !['stale_books', 'rule_records'].includes(table);

async function insert(tx: Tx, id: number, table: string, columns: readonly Column[], n: number): Promise<void> {
  const given = columns.filter(({ identity, name }) => !identity && name !== 'user_id');
  const names = given.map(({ name }) => `"${name}"`).join(', ');
  const places = given.map(({ type }, index) => `$${index + 2}::${type}`).join(', ');
  await tx.run({
    text: `insert into ${table} (workspace_id, ${names}) values ($1, ${places})`,
    values: [id, ...given.map((column) => sampleOf(column, n))],
  });
}

function readColumns(tx: Tx): Promise<Column[]> {
  return tx.many({
    text: `select c.relname as table, a.attname as name, format_type(a.atttypid, a.atttypmod) as type,
        a.attidentity <> '' as identity
      from pg_class c join pg_attribute a on a.attrelid = c.oid
      where c.oid = any($1::text[]::regclass[]) and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
        and a.attname <> 'workspace_id' order by a.attnum`,
    values: [exportedTables.map(({ table }) => table)],
  });
}
