/** Accounts with all that is said about them, locked: what is said is noted, the fields follow, and all is saved together. */
import { BY_HAND, type ClaimValue, decide, type Orders, orderOf } from '#core/accounts/truth.ts';
import { markDirty } from '#server/modules/dirty/index.ts';
import type { Tx } from '#server/platform/db/pool.ts';
import { type AccountRow, type Cause, copyOf, lockAccounts, put, saveAccounts } from '../row.ts';
import { type Claims, openClaims, type Statement } from './claims.ts';
import { refreshDisputes } from './disputes.ts';
import { readOrders } from './orders.ts';
import { settleArr } from './stated-arr.ts';

export class OpenAccounts {
  readonly #tx: Tx;
  readonly #workspaceId: number;
  readonly #before: ReadonlyMap<number, AccountRow>;
  readonly #orders: Orders;
  readonly #orderOf = new Map<string, readonly string[]>();
  /** accounts of which somebody said another ARR */
  readonly #arr = new Set<number>();
  /** as they will be saved */
  readonly rows: ReadonlyMap<number, AccountRow>;
  readonly claims: Claims;

  constructor(tx: Tx, workspaceId: number, rows: ReadonlyMap<number, AccountRow>, claims: Claims, orders: Orders) {
    this.#tx = tx;
    this.#workspaceId = workspaceId;
    this.#before = rows;
    this.rows = new Map([...rows].map(([id, row]) => [id, copyOf(row)]));
    this.claims = claims;
    this.#orders = orders;
  }

  /** Notes what a source says and lets the field follow. False when it said the same before. */
  say(statement: Statement): boolean {
    if (!this.claims.say(statement)) return false;
    this.follow(statement.accountId, statement.field);
    return true;
  }

  /**
   * A member types a value: it holds against every source. One that is what the sources give by themselves is no word of the
   * member's own, so that taking a change back leaves nothing that would keep the sources out.
   */
  type(typed: Omit<Statement, 'source'>): void {
    const { accountId, field, value } = typed;
    const others = this.claims.claims(accountId, field).filter(({ source }) => source !== BY_HAND);
    const given = decide(field, others, this.#order(field))?.value ?? null;
    if (JSON.stringify(given) !== JSON.stringify(value)) {
      this.say({ ...typed, source: BY_HAND });
      return;
    }
    this.claims.retract(accountId, BY_HAND, field);
    if (others.length > 0) this.follow(accountId, field);
    else this.#put(accountId, field, value, BY_HAND);
  }

  /** The field takes the value that is believed; without any claim it stays. */
  follow(accountId: number, field: string): void {
    if (field === 'arr') this.#arr.add(accountId);
    const claim = decide(field, this.claims.claims(accountId, field), this.#order(field));
    if (claim) this.#put(accountId, field, claim.value, claim.source);
  }

  #put(accountId: number, field: string, value: ClaimValue, source: string): void {
    const row = this.rows.get(accountId);
    if (!row) return;
    put(row, field, value);
    // Sources say that an attribute has no value; a member takes it away.
    if (value === null && source === BY_HAND && field.startsWith('attr.')) {
      delete row.attributes[field.slice('attr.'.length)];
    }
  }

  #order(field: string): readonly string[] {
    const known = this.#orderOf.get(field);
    if (known) return known;
    const order = orderOf(this.#orders, field);
    this.#orderOf.set(field, order);
    return order;
  }

  /** Saves what changed and marks those accounts dirty; `also` are dirty whether or not they changed. */
  async save(cause: Cause, also: Iterable<number> = []): Promise<void> {
    const [tx, workspaceId] = [this.#tx, this.#workspaceId];
    const changed = await saveAccounts(tx, workspaceId, this.#before, this.rows, cause);
    await this.claims.save(tx, workspaceId);
    await this.refreshDisputes(this.claims.changedAccounts.filter((id) => this.claims.isShared(id)));
    if (this.#arr.size > 0) await settleArr(tx, workspaceId, this.claims, this.#orders, [...this.#arr], cause.now);
    const dirty = [...new Set([...also, ...changed])];
    await markDirty(
      tx,
      workspaceId,
      dirty.map((accountId) => ({ accountId, families: ['attributes'], historyFrom: null })),
    );
  }

  /** Looks again where sources disagree. */
  async refreshDisputes(accountIds: readonly number[]): Promise<void> {
    await refreshDisputes(this.#tx, this.#workspaceId, this.claims, this.#orders, accountIds);
  }
}

/** Locks these accounts and reads all that is said about them. */
export async function openAccounts(
  tx: Tx,
  workspaceId: number,
  ids: readonly (number | null)[],
): Promise<OpenAccounts> {
  const rows = await lockAccounts(tx, workspaceId, ids);
  const claims = await openClaims(tx, workspaceId, rows.keys());
  return new OpenAccounts(tx, workspaceId, rows, claims, await readOrders(tx, workspaceId));
}
