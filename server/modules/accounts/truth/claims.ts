/** What each source says about some accounts, read and changed in memory and written back where it changed. */
import type { Claim, ClaimValue } from '#core/accounts/truth.ts';
import type { Tx } from '#server/platform/db/pool.ts';

/** value, since when the source says so (epoch ms), by whom; as the database holds it */
type Said = [value: ClaimValue, at: number, by: string | null];
type Page = Record<string, Said>;

export interface Statement {
  accountId: number;
  source: string;
  field: string;
  value: ClaimValue;
  /** epoch ms */
  at: number;
  by: string | null;
}

export class Claims {
  readonly #pages: Map<number, Map<string, Page>>;
  readonly #changed = new Map<string, { accountId: number; source: string }>();

  constructor(rows: readonly { account_id: number; source: string; said: Page }[]) {
    this.#pages = new Map();
    for (const { account_id: accountId, source, said } of rows) this.#of(accountId).set(source, said);
  }

  #of(accountId: number): Map<string, Page> {
    const known = this.#pages.get(accountId);
    if (known) return known;
    const made = new Map<string, Page>();
    this.#pages.set(accountId, made);
    return made;
  }

  /** What this source says of the field; undefined = nothing so far. */
  saidBy(accountId: number, source: string, field: string): ClaimValue | undefined {
    const page = this.#pages.get(accountId)?.get(source);
    return page && Object.hasOwn(page, field) ? page[field]![0] : undefined;
  }

  /** Who says what of a field. */
  claims(accountId: number, field: string): Claim[] {
    const claims: Claim[] = [];
    for (const [source, page] of this.#pages.get(accountId) ?? []) {
      if (!Object.hasOwn(page, field)) continue;
      const [value, at, by] = page[field]!;
      claims.push({ source, value, at, by });
    }
    return claims;
  }

  /** Fields of the account that anybody has spoken of. */
  fields(accountId: number): string[] {
    return [...new Set([...(this.#pages.get(accountId)?.values() ?? [])].flatMap((page) => Object.keys(page)))];
  }

  /** Whether more than one source speaks of the account. */
  isShared(accountId: number): boolean {
    return (this.#pages.get(accountId)?.size ?? 0) > 1;
  }

  /** Notes what a source says. False when it has said the same before: then it says so since before. */
  say({ accountId, source, field, value, at, by }: Statement): boolean {
    const said = this.saidBy(accountId, source, field);
    if (said !== undefined && JSON.stringify(said) === JSON.stringify(value)) return false;
    const pages = this.#of(accountId);
    pages.set(source, { ...pages.get(source), [field]: [value, at, by] });
    this.#changed.set(`${accountId}/${source}`, { accountId, source });
    return true;
  }

  /** The source no longer speaks of the field. False when it did not. */
  retract(accountId: number, source: string, field: string): boolean {
    if (this.saidBy(accountId, source, field) === undefined) return false;
    const { [field]: _, ...rest } = this.#of(accountId).get(source)!;
    this.#of(accountId).set(source, rest);
    this.#changed.set(`${accountId}/${source}`, { accountId, source });
    return true;
  }

  /** Accounts of which something new was said. */
  get changedAccounts(): number[] {
    return [...new Set([...this.#changed.values()].map(({ accountId }) => accountId))];
  }

  async save(tx: Tx, workspaceId: number): Promise<void> {
    if (this.#changed.size === 0) return;
    const rows = [...this.#changed.values()];
    await tx.run({
      name: 'save-claims',
      text: `insert into account_claims (workspace_id, account_id, source, said)
        select $1, * from unnest($2::bigint[], $3::text[], $4::jsonb[])
        on conflict (workspace_id, account_id, source) do update set said = excluded.said`,
      values: [
        workspaceId,
        rows.map(({ accountId }) => accountId),
        rows.map(({ source }) => source),
        rows.map(({ accountId, source }) => JSON.stringify(this.#pages.get(accountId)!.get(source))),
      ],
    });
  }
}

/** Reads the claims of these accounts, whose rows must be locked, so that two writers never undo each other's claims. */
export async function openClaims(tx: Tx, workspaceId: number, accountIds: Iterable<number>): Promise<Claims> {
  const rows = await tx.many<{ account_id: number; source: string; said: Page }>({
    name: 'open-claims',
    text: 'select account_id, source, said from account_claims where workspace_id = $1 and account_id = any ($2::bigint[])',
    values: [workspaceId, [...accountIds]],
  });
  return new Claims(rows);
}
