/** The register in sums: over all that match, and by account, rule, owner or level. An account's ARR counts once in each. */
import sql, { type Sql } from 'sql-template-tag';
import { riskLevels } from '#contracts/accounts.ts';
import type { Answer, Parsed } from '#contracts/kit.ts';
import { type groupRisks, type listRisks, urgencies } from '#contracts/risk.ts';
import { inOnePass } from '#server/platform/db/pass.ts';
import type { Tx } from '#server/platform/db/pool.ts';
import { conditionsOf, overdue, type RegisterNarrowing } from './narrowing.ts';

type Sums = Omit<Answer<typeof listRisks>, 'items' | 'nextCursor'>;
type Grouping = Parsed<typeof groupRisks>['query']['by'];
type Group = Answer<typeof groupRisks>['items'][number];

/** Signals counted by account, so that an account's row is joined once and not for each of its signals. Sums of int are quick. */
function counted(signal: Sql, byRule = false): Sql {
  return sql`select r.account_id, ${byRule ? sql`r.rule_key,` : sql``} count(*)::int as signals,
      count(*) filter (where ${overdue})::int as late, count(*) filter (where r.urgency = 'medium')::int as medium,
      count(*) filter (where r.urgency = 'high')::int as high, count(*) filter (where r.urgency = 'critical')::int as critical
    from risk_signals r where ${signal} group by r.account_id ${byRule ? sql`, r.rule_key` : sql``}`;
}

const arrOf = (condition: Sql) => sql`coalesce(sum(l.arr_minor) filter (where ${condition}), 0)::bigint`;
const accountsWith = (condition: Sql) => sql`count(*) filter (where ${condition})`;
const atHighRisk = sql`l.risk_level >= ${riskLevels.indexOf('high')}`;

export async function registerSums(tx: Tx, workspaceId: number, filter: RegisterNarrowing): Promise<Sums> {
  const { signal, account } = conditionsOf(workspaceId, filter);
  const row = await inOnePass(tx, (pass) =>
    pass.one<Record<string, number>>(sql`with own as (${counted(signal)})
      select coalesce(sum(signals), 0)::bigint as total, count(*) as accounts, coalesce(sum(late), 0)::bigint as overdue,
        ${arrOf(sql`true`)} as arr, coalesce(sum(medium), 0)::bigint as medium, coalesce(sum(high), 0)::bigint as high,
        coalesce(sum(critical), 0)::bigint as critical, ${arrOf(sql`medium > 0`)} as medium_arr,
        ${arrOf(sql`high > 0`)} as high_arr, ${arrOf(sql`critical > 0`)} as critical_arr,
        ${accountsWith(sql`medium > 0`)} as medium_accounts, ${accountsWith(sql`high > 0`)} as high_accounts,
        ${accountsWith(sql`critical > 0`)} as critical_accounts,
        ${accountsWith(atHighRisk)} as at_high_accounts, ${arrOf(atHighRisk)} as at_high_arr
      from own join account_list l on l.account_id = own.account_id where ${account}`),
  );
  return {
    ...{ total: row.total!, accounts: row.accounts!, overdue: row.overdue!, arrAtRiskMinor: row.arr! },
    atHighRisk: { accounts: row.at_high_accounts!, arrMinor: row.at_high_arr! },
    byUrgency: urgencies.map((urgency) => ({
      ...{ urgency, signals: row[urgency]!, accounts: row[`${urgency}_accounts`]!, arrMinor: row[`${urgency}_arr`]! },
    })),
  };
}

interface GroupRow {
  key: string | null;
  name: string | null;
  signals: number;
  accounts: number;
  late: number;
  arr: number;
  medium: number;
  high: number;
  critical: number;
  groups: number;
}

/** Where a group's key lies, and its name. */
const groupings: Readonly<Record<Grouping, { key: Sql; name: Sql }>> = {
  account: {
    key: sql`l.account_id`,
    name: sql`(select a.name from accounts a where a.workspace_id = g.workspace_id and a.id = g.key)`,
  },
  owner: {
    key: sql`l.owner_id`,
    name: sql`(select m.name from members m where m.workspace_id = g.workspace_id and m.id = g.key)`,
  },
  rule: {
    key: sql`own.rule_key`,
    name: sql`(select u.definition ->> 'title' from risk_rules u where u.workspace_id = g.workspace_id and u.key = g.key)`,
  },
  level: { key: sql`l.risk_level`, name: sql`null::text` },
};

/** The groups with the most ARR, at most `limit`. */
export async function registerGroups(
  tx: Tx,
  workspaceId: number,
  { by, limit, ...filter }: RegisterNarrowing & { by: Grouping; limit: number },
): Promise<Answer<typeof groupRisks>> {
  const { signal, account } = conditionsOf(workspaceId, filter);
  const { key, name } = groupings[by];
  const rows = await inOnePass(tx, (pass) =>
    pass.many<GroupRow>(sql`with own as (${counted(signal, by === 'rule')}),
      grouped as (select l.workspace_id, ${key} as key, sum(signals)::bigint as signals, count(*) as accounts,
          sum(late)::bigint as late, ${arrOf(sql`true`)} as arr, sum(medium)::bigint as medium, sum(high)::bigint as high,
          sum(critical)::bigint as critical
        from own join account_list l on l.account_id = own.account_id where ${account} group by 1, 2),
      g as materialized (select *, count(*) over () as groups from grouped
        order by arr desc, signals desc, key limit ${limit})
      select g.key::text as key, ${name} as name, g.signals, g.accounts, g.late, g.arr, g.medium, g.high, g.critical, g.groups
      from g order by g.arr desc, g.signals desc, g.key`),
  );
  return { items: rows.map((row) => presentGroup(by, row)), left: (rows[0]?.groups ?? 0) - rows.length };
}

function presentGroup(by: Grouping, row: GroupRow): Group {
  const level = by === 'level' ? riskLevels[Number(row.key)]! : null;
  return {
    ...{ key: level ?? row.key, name: level ?? row.name, signals: row.signals, accounts: row.accounts },
    ...{ overdue: row.late, arrMinor: row.arr },
    byUrgency: urgencies.map((urgency) => ({ urgency, signals: row[urgency] })),
  };
}
