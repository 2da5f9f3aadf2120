import { beforeAll, describe, expect, test } from 'vitest';
import { find } from '#core/risk/replay.ts';
import { dayMs, hourMs, type RiskSignal } from '#core/risk/signal.ts';
import { step } from '#core/risk/state.ts';
import { testDatabase } from '#server/testing/database.ts';
import { createAccount, createWorkspace, inside } from '#server/testing/factories.ts';
import { loadRules, seedRisk } from './rules.ts';
import { dueRisks, loadRisks, saveRiskChanges } from './signals.ts';

const database = testDatabase();
const at = Date.UTC(2026, 2, 2, 9);
let workspace = 0;

beforeAll(async () => {
  workspace = await createWorkspace(database.pool);
  await inside(database.pool, workspace, (tx) => seedRisk(tx, workspace));
});

/** Judges one account by one rule, as the evaluator does. */
function judgeOnce(accountId: number, ruleKey: string, values: Record<string, number | null>, now: number) {
  return inside(database.pool, workspace, async (tx) => {
    const rule = (await loadRules(tx, workspace)).find(({ key }) => key === ruleKey)!;
    const previous = (await loadRisks(tx, workspace, [accountId])).get(accountId)?.get(ruleKey) ?? null;
    const { next, events } = step(previous, rule, find(rule, values), now);
    if (next === null || next === previous) return next;
    await saveRiskChanges(tx, workspace, [{ accountId, changes: [{ ruleKey, previous, next, events }] }]);
    return next;
  });
}

const rowsOf = (accountId: number) =>
  inside(database.pool, workspace, (tx) =>
    tx.many<Record<string, unknown> & { state: RiskSignal }>({
      text: `select state, status, urgency, ms(opened_at) as opened, ms(respond_by) as respond, ms(resolved_at) as resolved,
        ms(next_check_at) as next, is_open, (select string_agg(kind, ',' order by e.id) from risk_events e
          where e.risk_signal_id = r.id) as kinds from risk_signals r where account_id = $1 order by id`,
      values: [accountId],
    }),
  );

describe('a signal in the database', () => {
  test('follows the machine: opened, quiet, resolved, and a second opening is a row of its own', async () => {
    const account = await inside(database.pool, workspace, (tx) => createAccount(tx, workspace));
    const down = { 'usage.login_change': -0.6 };
    const opened = await judgeOnce(account, 'logins-down', down, at);
    expect(await rowsOf(account)).toEqual([
      {
        ...{ state: opened, status: 'new', urgency: 'high', opened: at, respond: at + 48 * hourMs, resolved: null },
        ...{ next: at + 48 * hourMs + 1, is_open: true, kinds: 'opened' },
      },
    ]);
    await judgeOnce(account, 'logins-down', { 'usage.login_change': 0 }, at + dayMs);
    const resolvedAt = at + 8 * dayMs;
    await judgeOnce(account, 'logins-down', { 'usage.login_change': 0 }, resolvedAt);
    expect(await rowsOf(account)).toMatchObject([
      { status: 'resolved', is_open: false, resolved: resolvedAt, next: null, kinds: 'opened,breached,resolved' },
    ]);
    await judgeOnce(account, 'logins-down', down, resolvedAt + 7 * dayMs);
    const both = await rowsOf(account);
    expect(both.map(({ status }) => status)).toEqual(['resolved', 'new']);
    const latest = await inside(database.pool, workspace, (tx) => loadRisks(tx, workspace, [account]));
    expect(latest.get(account)?.get('logins-down')).toEqual(both[1]!.state);
  });

  test('is due when its response time has passed, and given once', async () => {
    const account = await inside(database.pool, workspace, (tx) => createAccount(tx, workspace));
    const now = at + 400 * dayMs;
    await judgeOnce(account, 'gone-quiet', { 'usage.days_since_last_activity': 30 }, now);
    const due = (moment: number) =>
      inside(database.pool, workspace, async (tx) => (await dueRisks(tx, workspace, moment, 100)).includes(account));
    expect(await due(now + 48 * hourMs)).toBe(false);
    expect(await due(now + 48 * hourMs + 1)).toBe(true);
    expect(await due(now + 48 * hourMs + 1)).toBe(false);
  });
});
