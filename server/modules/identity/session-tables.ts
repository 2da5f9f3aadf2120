/**
 * The sign-in library's door to its tables in schema `auth`. It knows session tokens in clear; here they are hashed on
 * the way in, so that a copy of the database opens no session (docs/decisions/0006-sign-in.md).
 */
import { type CleanedWhere, createAdapterFactory } from 'better-auth/adapters';
import pg from 'pg';
import type { Pool } from '#server/platform/db/pool.ts';
import { hashSecret } from './secrets.ts';

type Row = Record<string, unknown>;

export function sessionTables(pool: Pool) {
  return createAdapterFactory({
    config: { adapterId: 'perennial', supportsJSON: true, supportsDates: true, supportsBooleans: true },
    adapter: () => ({
      async create<T extends Row>({ model, data }: { model: string; data: T }): Promise<T> {
        const row = hideToken(model, data);
        const names = Object.keys(row);
        const places = names.map((_, index) => `$${index + 1}`);
        const text = `insert into ${table(model)} (${names.map(quote)}) values (${places}) returning *`;
        return revealToken(await first(text, Object.values(row)), data.token) as T;
      },
      async update<T>({ model, where, update }: { model: string; where: CleanedWhere[]; update: T }) {
        const { text, values } = assign(model, update as Row, where);
        const row = await first(`${text} returning *`, values);
        return row && (revealToken(row, askedToken(model, where)) as T);
      },
      async updateMany({ model, where, update }) {
        const { text, values } = assign(model, update, where);
        return (await pool.query(text, values)).rowCount ?? 0;
      },
      async findOne<T>({ model, where }: { model: string; where: CleanedWhere[] }) {
        const { text, values } = condition(model, where);
        const row = await first(`select * from ${table(model)}${text} limit 1`, values);
        return row && (revealToken(row, askedToken(model, where)) as T);
      },
      async findMany<T>({ model, where = [], limit, offset, sortBy }: FindMany) {
        const { text, values } = condition(model, where);
        const order = sortBy ? ` order by ${quote(sortBy.field)} ${sortBy.direction === 'desc' ? 'desc' : 'asc'}` : '';
        const page = ` limit ${Math.trunc(limit)} offset ${Math.trunc(offset ?? 0)}`;
        const { rows } = await pool.query(`select * from ${table(model)}${text}${order}${page}`, values);
        return rows as T[];
      },
      async delete({ model, where }) {
        const { text, values } = condition(model, where);
        await pool.query(`delete from ${table(model)}${text}`, values);
      },
      async deleteMany({ model, where }) {
        const { text, values } = condition(model, where);
        return (await pool.query(`delete from ${table(model)}${text}`, values)).rowCount ?? 0;
      },
      async count({ model, where = [] }) {
        const { text, values } = condition(model, where);
        return Number((await first(`select count(*) from ${table(model)}${text}`, values))?.count ?? 0);
      },
    }),
  });

  async function first(text: string, values: unknown[]): Promise<Row | null> {
    return (await pool.query(text, values)).rows[0] ?? null;
  }
}

interface FindMany {
  model: string;
  where?: CleanedWhere[] | undefined;
  limit: number;
  offset?: number | undefined;
  sortBy?: { field: string; direction: 'asc' | 'desc' } | undefined;
}

const quote = pg.escapeIdentifier;
const table = (model: string) => `auth.${quote(model)}`;

function assign(model: string, update: Row, where: CleanedWhere[]): { text: string; values: unknown[] } {
  const row = hideToken(model, update);
  const values = Object.values(row);
  const sets = Object.keys(row).map((name, index) => `${quote(name)} = $${index + 1}`);
  const limits = condition(model, where, values);
  return { text: `update ${table(model)} set ${sets}${limits.text}`, values: limits.values };
}

const operators: Partial<Record<CleanedWhere['operator'], string>> = {
  eq: '=',
  ne: '<>',
  lt: '<',
  lte: '<=',
  gt: '>',
  gte: '>=',
};

/** The few forms of condition that the library uses on these tables; any other is refused rather than guessed. */
function condition(model: string, where: CleanedWhere[], before: unknown[] = []): { text: string; values: unknown[] } {
  const values = [...before];
  const parts = where.map(({ field, operator, value, connector }, index) => {
    if (connector !== 'AND' && index > 0) throw new Error(`no ${connector} between conditions on ${model}`);
    const column = quote(field);
    const wanted = model === 'session' && field === 'token' ? hideValue(value) : value;
    if (wanted === null && (operator === 'eq' || operator === 'ne')) {
      return `${column} is ${operator === 'eq' ? '' : 'not '}null`;
    }
    values.push(wanted);
    if (operator === 'in') return `${column} = any($${values.length})`;
    const sign = operators[operator];
    if (!sign) throw new Error(`no condition ${operator} on ${model}`);
    return `${column} ${sign} $${values.length}`;
  });
  return { text: parts.length > 0 ? ` where ${parts.join(' and ')}` : '', values };
}

function hideToken(model: string, row: Row): Row {
  return model === 'session' && 'token' in row ? { ...row, token: hideValue(row.token) } : row;
}

function hideValue(value: unknown): unknown {
  return Array.isArray(value) ? value.map(hideValue) : typeof value === 'string' ? hashSecret(value) : value;
}

/** The library goes on with the token it asked for, which only the client holds. */
function revealToken(row: Row | null, token: unknown): Row | null {
  return row && typeof token === 'string' && 'token' in row ? { ...row, token } : row;
}

function askedToken(model: string, where: CleanedWhere[]): unknown {
  return model === 'session'
    ? where.find(({ field, operator }) => field === 'token' && operator === 'eq')?.value
    : null;
}
