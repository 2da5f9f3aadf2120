/** What an account list may be filtered by: each name with its type and its place. */
import sql, { type Sql } from 'sql-template-tag';
import { type Filter, riskLevels, stages, tiers } from '#contracts/accounts.ts';

export type FieldType = 'text' | 'number' | 'boolean' | 'day' | 'choice' | 'list';

/** Tables beside `account_list l` in which a filter may look: accounts (attributes), account_states, members. */
export type OuterTable = 'attributes' | 'signals' | 'owners';

export interface Field {
  type: FieldType;
  /** null where the value is missing */
  column: Sql;
  /** of a choice: the words allowed */
  choices?: readonly string[];
  /** of a choice whose order counts: stored as the position in `choices` */
  ordered?: boolean;
  /** compared without case and accents (SQL function name_key), the form in which the column holds it */
  keyed?: boolean;
  /** where the column lies; absent = in account_list */
  outer?: OuterTable;
  /** the comparison with a value, or with any of several, where comparing the column would cost more */
  test?: (op: Filter['op'], values: readonly unknown[]) => Sql;
}

export interface FieldContext {
  workspaceId: number;
  /** the workspace day, 'YYYY-MM-DD' */
  today: string;
}

const number = (column: Sql): Field => ({ type: 'number', column });
const text = (column: Sql): Field => ({ type: 'text', column });
const day = (column: Sql): Field => ({ type: 'day', column });

/** Columns of AccountRow. */
export const listFields: Readonly<Record<string, (context: FieldContext) => Field>> = {
  id: () => number(sql`l.account_id`),
  name: () => ({ ...text(sql`l.name_key`), keyed: true }),
  ownerId: () => number(sql`l.owner_id`),
  ownerName: () => ({ ...text(sql`name_key(m.name)`), keyed: true, outer: 'owners' }),
  tag: () => ({ type: 'list', column: sql`l.tags` }),
  tier: () => ({ type: 'choice', column: sql`l.tier`, choices: tiers }),
  stage: () => ({ type: 'choice', column: sql`l.stage`, choices: stages }),
  industry: () => text(sql`l.industry`),
  country: () => text(sql`l.country`),
  state: () => ({ type: 'choice', column: sql`l.state`, choices: ['scored', 'insufficient'] }),
  score: () => number(sql`l.score`),
  band: () => text(sql`l.band`),
  coverage: () => number(sql`l.coverage`),
  overridden: () => ({ type: 'boolean', column: sql`l.overridden` }),
  change7d: () => number(sql`l.change_7d`),
  change30d: () => number(sql`l.change_30d`),
  riskLevel: () => ({ type: 'choice', column: sql`l.risk_level`, choices: riskLevels, ordered: true }),
  openRisks: () => number(sql`l.open_risks`),
  arrMinor: () => number(sql`l.arr_minor`),
  // The book of the portfolio: those that pay, and those of which it is not known.
  customer: () => ({ type: 'boolean', column: sql`(l.arr_minor is distinct from 0)` }),
  renewalDay: () => day(sql`l.renewal_day`),
  daysToRenewal: ({ today }) => number(sql`(l.renewal_day - ${today}::date)`),
  seats: () => number(sql`l.seats`),
  activeUsers: () => number(sql`l.active_users`),
  lastActiveDay: () => day(sql`l.last_active_day`),
};
