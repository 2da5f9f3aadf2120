/** The past of one rule, counted after it was added or changed: what it was worth before it was on. */
import sql from 'sql-template-tag';
import { dayOf, fromIso } from '#core/calendar/day.ts';
import type { RiskRule } from '#core/risk/rule.ts';
import { readCalendar } from '#server/modules/accounts/index.ts';
import { fillingWorks, queueWork, type WorkContext, type WorkHandler } from '#server/modules/workspace/index.ts';
import { type Tx, transaction } from '#server/platform/db/pool.ts';
import { type ReplayedOpening, replaceReplays } from './past.ts';
import { keepRecord } from './rule-records.ts';
import { mostDays, type ReplayedAccount, RuleReplay } from './rule-replay.ts';
import { loadRules } from './rules.ts';

const kind = 'rule-past';

export const riskWorks: readonly WorkHandler[] = [{ kind, run: countPast }];

/** Has the past of a rule counted, unless that waits to be done already. */
export async function queueRulePast(tx: Tx, workspaceId: number, { key, title }: RiskRule): Promise<void> {
  await queueWork(tx, workspaceId, kind, `Counting what “${title}” would have opened`, { rule: key });
}

/** The rules whose past is being counted; `all` while the pasts of accounts are being filled in. */
export async function rulesBeingCounted(tx: Tx, workspaceId: number): Promise<{ all: boolean; keys: Set<string> }> {
  const works = await tx.many<{ kind: string; rule: string | null }>(sql`select kind, detail ->> 'rule' as rule
    from long_works where workspace_id = ${workspaceId} and status in ('queued', 'running')
      and kind = any(${[kind, ...fillingWorks]}::text[])`);
  return {
    all: works.some((work) => work.kind !== kind),
    keys: new Set(works.flatMap(({ rule }) => (rule === null ? [] : [rule]))),
  };
}

async function countPast({ pool, workspaceId, detail, progress }: WorkContext): Promise<void> {
  const key = String(detail.rule);
  const { rule, calendar, total } = await transaction(pool, workspaceId, async (tx) => ({
    rule: (await loadRules(tx, workspaceId)).find((one) => one.key === key),
    calendar: await readCalendar(tx, workspaceId),
    ...(await tx.one<{ total: number }>(sql`select count(*) as total from account_states
      where workspace_id = ${workspaceId}`)),
  }));
  if (rule === undefined) return;
  const today = fromIso(calendar.today)!;
  const { timeZone } = calendar;
  const replay = new RuleReplay(rule, { from: today - mostDays, today, timeZone }, null);
  let done = 0;
  for (let after: number | null = 0; after !== null; ) {
    const last: number = after;
    const accounts = await transaction(pool, workspaceId, async (tx) => {
      const found = await replay.next(tx, workspaceId, last);
      const ids = found.map(({ accountId }) => accountId);
      await replaceReplays(
        tx,
        workspaceId,
        key,
        ids,
        found.flatMap((one) => openingsOf(one, key, timeZone)),
      );
      return ids;
    });
    after = accounts.at(-1) ?? null;
    done += accounts.length;
    await progress(done, total);
  }
  await transaction(pool, workspaceId, (tx) => keepRecord(tx, workspaceId, key));
}

function openingsOf(
  { accountId, openings }: ReplayedAccount,
  ruleKey: string,
  timeZone: string,
): (ReplayedOpening & { accountId: number })[] {
  return openings.map(({ openedAt, resolvedAt }) => ({
    ...{ accountId, ruleKey, openedDay: dayOf(openedAt, timeZone) },
    resolvedDay: resolvedAt === null ? null : dayOf(resolvedAt, timeZone),
  }));
}
