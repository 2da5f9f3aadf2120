import { expect, test } from 'vitest';
import { type ArrClaims, disputeArr } from '#core/accounts/arr-truth.ts';
import type { Claim, Stated } from '#core/accounts/truth.ts';

const said = (source: string, minor: number, currency = 'EUR'): Claim => ({
  source,
  value: { minor, currency },
  at: 1,
  by: null,
});
/** Euros; dollars at 0.9; francs have no rate. */
const inWorkspace = (minor: number, currency: string) =>
  currency === 'EUR' ? minor : currency === 'USD' ? Math.round(minor * 0.9) : null;
const contracts = said('contracts', 4_800_000);
const crm = said('crm', 5_000_000);
const holds = (claim: Claim, beforeContracts: boolean): Stated => {
  return { ...(claim.value as { minor: number; currency: string }), source: claim.source, beforeContracts };
};

test.each<[string, ArrClaims, [string[], number, number] | null]>([
  [
    'chapter 01: CRM says 50k, billing 48k',
    { stated: [crm], contracts, inForce: holds(crm, false) },
    [['contracts', 'crm'], 200_000, 5_000_000],
  ],
  [
    'the CRM is believed',
    { stated: [crm], contracts, inForce: holds(crm, true) },
    [['crm', 'contracts'], 200_000, 5_000_000],
  ],
  [
    'a member said that contracts count',
    { stated: [crm], contracts, inForce: null },
    [['contracts', 'crm'], 200_000, 5_000_000],
  ],
  ['nothing but one statement', { stated: [crm], contracts: null, inForce: holds(crm, false) }, null],
  ['nothing but contracts', { stated: [], contracts, inForce: null }, null],
  ['the same in another currency', { stated: [said('crm', 5_333_333, 'USD')], contracts, inForce: null }, null],
  ['no exchange rate', { stated: [said('crm', 9_999_999, 'CHF')], contracts, inForce: null }, null],
  [
    'two statements against contracts',
    { stated: [crm, said('api', 3_000_000)], contracts, inForce: null },
    [['contracts', 'crm', 'api'], 1_800_000, 5_000_000],
  ],
  [
    'who agrees is left out',
    { stated: [crm, said('api', 4_800_050)], contracts, inForce: null },
    [['contracts', 'crm'], 200_000, 5_000_000],
  ],
])('%s', (_name, claims, expected) => {
  const found = disputeArr(claims, inWorkspace);
  expect(found && [found.said.map(({ source }) => source), found.differenceMinor, found.mostMinor]).toEqual(expected);
});
