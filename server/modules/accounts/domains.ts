import sql from 'sql-template-tag';
import { conflict, type Fault, invalid } from '#server/errors.ts';
import type { Tx } from '#server/platform/db/pool.ts';
import { addDomains } from './create.ts';
import { companyDomain } from './public-domains.ts';

/**
 * Makes `domains` the account's domains, all of them. @throws AppError 400 for one that is no company's domain,
 * 409 for one of another account; both name its place. Returns them in their plain form, sorted
 */
export async function setDomains(
  tx: Tx,
  workspaceId: number,
  accountId: number,
  domains: readonly string[],
): Promise<string[]> {
  const faults: Fault[] = [];
  const wanted = domains.map((text, i) => {
    const domain = companyDomain(text);
    if (domain === null) faults.push({ path: `domains[${i}]`, message: 'is not the domain of a company' });
    return domain ?? '';
  });
  if (faults.length > 0) throw invalid(faults);
  const taken = await tx.many<{ domain: string }>(sql`select domain from account_domains
    where workspace_id = ${workspaceId} and domain = any(${wanted}) and account_id <> ${accountId}`);
  if (taken.length > 0) {
    const places = taken.map(({ domain }) => ({
      path: `domains[${wanted.indexOf(domain)}]`,
      message: 'belongs to another account',
    }));
    throw conflict('A domain belongs to one account.', places);
  }
  await tx.run(sql`delete from account_domains
    where workspace_id = ${workspaceId} and account_id = ${accountId} and domain <> all(${wanted})`);
  const distinct = [...new Set(wanted)].sort();
  const rows = distinct.map((domain) => ({ accountId, domain }));
  if (rows.length > 0) await addDomains(tx, workspaceId, rows);
  return distinct;
}
