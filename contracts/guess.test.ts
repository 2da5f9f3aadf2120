import { expect, it } from 'vitest';
import { guessKind } from './guess.ts';

const columnsOf = (header: string) => header.split(',').map((name) => ({ name, samples: ['1'] }));

it.each([
  ['id,name,domain,start date,employees', '', 'accounts'],
  ['account_id,name,industry,country,signup_date,plan,seats', '', 'accounts'],
  ['id,company_name,website', 'Kunden.csv', 'accounts'],
  ['id,email,name,title,account', '', 'contacts'],
  ['customer,date,logins,exports', '', 'daily_usage'],
  ['account_id,event_name,timestamp,user_id', '', 'events'],
  ['id,account_id,plan,mrr,start_date,end_date', '', 'subscriptions'],
  ['id,account,name,start date', 'goals.csv', 'goals'],
  ['id,account,name', 'crm-account 2024.csv.gz', 'accounts'],
])('guesses from %s of “%s” that it holds %s', (header, fileName, kind) => {
  expect(guessKind(columnsOf(header), fileName)?.kind).toBe(kind);
});

it('guesses nothing from columns that say nothing', () => {
  expect(guessKind(columnsOf('foo,bar'))).toBeNull();
});

it.each([
  ['customer_id,company,plan,arr,signup date,csm', { account: 'customer_id', name: 'company', owner: 'csm' }],
  ['company,industry,country', { account: 'company', name: 'company' }],
  ['organization_id,organization,website', { account: 'organization_id', name: 'organization', domain: 'website' }],
])('takes an id for an id and a name for a name in %s', (header, expected) => {
  const fields = guessKind(columnsOf(header), 'accounts.csv')!.mapping.fields;
  const columns = Object.fromEntries(
    Object.entries(fields).map(([field, from]) => [field, 'column' in from && from.column]),
  );
  expect(columns).toMatchObject(expected);
});
