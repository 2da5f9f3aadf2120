import type { SaidValue } from '#contracts/reconciliation.ts';
import { type Claim, type ClaimValue, isAmount } from '#core/accounts/truth.ts';
import { toMajor } from '#core/money/money.ts';
import type { Tx } from '#server/platform/db/pool.ts';

/** Names of the members and accounts that claims speak of by their ids. */
export interface Names {
  owner: ReadonlyMap<number, string>;
  parent: ReadonlyMap<number, string>;
}

export async function namesIn(
  tx: Tx,
  workspaceId: number,
  about: readonly { field: string; said: readonly Claim[] }[],
): Promise<Names> {
  const idsOf = (field: string) =>
    about
      .flatMap((one) => (one.field === field ? one.said : []))
      .flatMap(({ value }) => (typeof value === 'number' ? [value] : []));
  const [owners, parents] = [idsOf('owner'), idsOf('parent')];
  const read = async (table: 'members' | 'accounts', ids: number[]) => {
    if (ids.length === 0) return new Map<number, string>();
    const rows = await tx.many<{ id: number; name: string }>({
      text: `select id, name from ${table} where workspace_id = $1 and id = any ($2::bigint[])`,
      values: [workspaceId, ids],
    });
    return new Map(rows.map(({ id, name }) => [id, name]));
  };
  return { owner: await read('members', owners), parent: await read('accounts', parents) };
}

export function presentSaid(field: string, claim: Claim, inForce: boolean, names: Names): SaidValue {
  const { source, value, at, by } = claim;
  return {
    source,
    value: textOf(field, value, names),
    amountMinor: isAmount(value) ? value.minor : null,
    currency: isAmount(value) ? value.currency : null,
    since: new Date(at).toISOString(),
    by,
    inForce,
  };
}

function textOf(field: string, value: ClaimValue, names: Names): string | null {
  if (value === null) return null;
  if (isAmount(value)) return `${toMajor(value.minor, value.currency)} ${value.currency}`;
  if (Array.isArray(value)) return value.join(', ');
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  const named = typeof value === 'number' && (field === 'owner' || field === 'parent') ? names[field].get(value) : null;
  return named ?? String(value);
}
