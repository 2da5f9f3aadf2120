/** Risk signals as the evaluator reads and writes them, many accounts at a time. */
import type { RiskChange } from '#core/judgement/judge.ts';
import type { RiskRule } from '#core/risk/rule.ts';
import type { RiskSignal } from '#core/risk/signal.ts';
import { nextCheckAt } from '#core/risk/state.ts';
import type { Tx } from '#server/platform/db/pool.ts';
import { type Cause, writeEvents } from './events.ts';
import { statusOf } from './present.ts';
import { loadRules } from './rules.ts';

/** The latest signal of each rule that ever opened, by account. */
export async function loadRisks(
  tx: Tx,
  workspaceId: number,
  accountIds: readonly number[],
): Promise<Map<number, Map<string, RiskSignal>>> {
  const rows = await tx.many<{ account_id: number; rule_key: string; state: RiskSignal }>({
    name: 'load-risks',
    text: `select distinct on (account_id, rule_key) account_id, rule_key, state from risk_signals
      where workspace_id = $1 and account_id = any($2::bigint[]) order by account_id, rule_key, id desc`,
    values: [workspaceId, accountIds],
  });
  const byAccount = new Map<number, Map<string, RiskSignal>>();
  for (const { account_id, rule_key, state } of rows) {
    const own = byAccount.get(account_id) ?? new Map<string, RiskSignal>();
    byAccount.set(account_id, own.set(rule_key, state));
  }
  return byAccount;
}

/** The changes of one account. */
export interface AccountRiskChanges {
  accountId: number;
  changes: readonly RiskChange[];
}

const byItself: Cause = { memberId: null, name: null };

/**
 * Writes what became of signals, with their events: three statements whatever the number of accounts.
 * An opening is a new row, unless the rule is open already for the account: then the one that was first stands. Everything else changes the latest row of its account and rule, unless that row is no longer
 * what was judged: a member acted meanwhile, their word stands, and the account, marked by them, is judged once more.
 * Rejected: locking all signals of a batch while it is judged, which costs a write to each.
 */
export async function saveRiskChanges(
  tx: Tx,
  workspaceId: number,
  accounts: readonly AccountRiskChanges[],
  cause: Cause = byItself,
): Promise<void> {
  const changes = accounts.flatMap(({ accountId, changes }) => changes.map((change) => ({ accountId, ...change })));
  if (changes.length === 0) return;
  const rules = new Map((await loadRules(tx, workspaceId)).map((rule) => [rule.key, rule]));
  const written = changes.map((change) => ({ ...change, row: rowOf(change, rules.get(change.ruleKey)) }));
  const opened = written.filter(({ events }) => events.some(({ kind }) => kind === 'opened'));
  const changed = written.filter((one) => !opened.includes(one));
  const ids = new Map([...(await insert(tx, workspaceId, opened)), ...(await update(tx, workspaceId, changed))]);
  const happened = written.flatMap(({ accountId, ruleKey, next, events }) => {
    const signalId = ids.get(nameOf(accountId, ruleKey));
    return signalId === undefined ? [] : [{ accountId, signalId, next, events }];
  });
  await writeEvents(tx, workspaceId, happened, cause);
}

type Change = RiskChange & { accountId: number };
type Written = Change & { row: ReturnType<typeof rowOf> };

function rowOf({ next }: Change, rule: RiskRule | undefined) {
  return {
    state: JSON.stringify(next),
    status: statusOf(next),
    urgency: next.urgency,
    openedAt: next.openedAt,
    respondBy: next.respondBy,
    respondedAt: next.respondedAt,
    resolvedAt: next.resolvedAt,
    // a rule that is gone never checks its signals again
    nextCheckAt: rule === undefined ? null : nextCheckAt(next, rule),
    isOpen: next.phase === 'open',
    dismissed: next.resolution === 'dismissed',
  };
}

const columns = `state, status, urgency, opened_at, respond_by, responded_at, resolved_at, next_check_at, is_open, dismissed`;
const given = `unnest($2::bigint[], $3::text[], $4::jsonb[], $5::text[], $6::text[], $7::float8[], $8::float8[], $9::float8[],
  $10::float8[], $11::float8[], $12::bool[], $13::bool[], $14::jsonb[])
  as k (account_id, rule_key, ${columns}, previous)`;
const values = `k.state, k.status, k.urgency, to_timestamp(k.opened_at / 1000), to_timestamp(k.respond_by / 1000),
  to_timestamp(k.responded_at / 1000), to_timestamp(k.resolved_at / 1000), to_timestamp(k.next_check_at / 1000), k.is_open,
  k.dismissed`;

async function insert(tx: Tx, workspaceId: number, written: readonly Written[]): Promise<Map<string, number>> {
  if (written.length === 0) return new Map();
  const rows = await tx.many<Identified>({
    name: 'open-risks',
    text: `insert into risk_signals (workspace_id, account_id, rule_key, ${columns})
      select $1, k.account_id, k.rule_key, ${values} from ${given}
      on conflict (workspace_id, account_id, rule_key) where is_open do nothing returning id, account_id, rule_key`,
    values: [workspaceId, ...arraysOf(written)],
  });
  return byName(rows);
}

async function update(tx: Tx, workspaceId: number, written: readonly Written[]): Promise<Map<string, number>> {
  if (written.length === 0) return new Map();
  const rows = await tx.many<Identified>({
    name: 'change-risks',
    text: `update risk_signals r set (${columns}) = row(${values})
      from ${given} where r.workspace_id = $1 and r.id = (select l.id from risk_signals l
        where l.workspace_id = $1 and l.account_id = k.account_id and l.rule_key = k.rule_key order by l.id desc limit 1) and r.state = k.previous
      returning r.id, r.account_id, r.rule_key`,
    values: [workspaceId, ...arraysOf(written)],
  });
  return byName(rows);
}

interface Identified {
  id: number;
  account_id: number;
  rule_key: string;
}

function byName(rows: readonly Identified[]): Map<string, number> {
  return new Map(rows.map((row) => [nameOf(row.account_id, row.rule_key), row.id]));
}

function nameOf(accountId: number, ruleKey: string): string {
  return `${accountId}/${ruleKey}`;
}

function arraysOf(written: readonly Written[]): unknown[] {
  const column = (name: keyof Written['row']) => written.map(({ row }) => row[name]);
  return [
    written.map(({ accountId }) => accountId),
    written.map(({ ruleKey }) => ruleKey),
    ...[column('state'), column('status'), column('urgency'), column('openedAt'), column('respondBy')],
    ...[column('respondedAt'), column('resolvedAt'), column('nextCheckAt'), column('isOpen'), column('dismissed')],
    written.map(({ previous }) => previous && JSON.stringify(previous)),
  ];
}

/**
 * The accounts, at most `limit`, with a signal that must be looked at by `at` (epoch ms): a snooze, a response time, a
 * quiet time or a cooldown is over. Each is given once: mark them dirty in the same transaction.
 */
export async function dueRisks(tx: Tx, workspaceId: number, at: number, limit: number): Promise<number[]> {
  const rows = await tx.many<{ account_id: number }>({
    name: 'due-risks',
    text: `with due as (select id from risk_signals where workspace_id = $1 and next_check_at <= to_timestamp($2::float8 / 1000)
        order by next_check_at limit $3 for update skip locked)
      update risk_signals r set next_check_at = null from due where r.workspace_id = $1 and r.id = due.id
      returning r.account_id`,
    values: [workspaceId, at, limit],
  });
  return [...new Set(rows.map(({ account_id }) => account_id))];
}
