/** Accounts as telemetry's group call describes them. */
import { type Fact, factKinds, Refused, readAttribute } from '#contracts/facts.ts';
import type { Tx } from '#server/platform/db/pool.ts';
import { type AccountFact, storeAccounts } from './write.ts';

export interface GroupTraits {
  source: string;
  externalId: string;
  name?: string | null;
  traits?: Readonly<Record<string, unknown>> | null;
  /** when it was said, epoch ms */
  at: number;
}

/** Traits that the common SDKs' conventions name, and the field of an account that they are. */
const fieldOf: Readonly<Record<string, keyof Fact<'accounts'>>> = {
  name: 'name',
  industry: 'industry',
  website: 'domain',
  domain: 'domain',
  country: 'country',
  region: 'region',
  tier: 'tier',
  stage: 'stage',
};
const context = { timeZone: 'UTC', currency: 'USD', moneyUnit: 'major' } as const;
const longestValue = 2000;

/** Makes or changes accounts. Traits older than those taken over before only fill what is empty. Nothing is refused. */
export async function upsertAccounts(tx: Tx, workspaceId: number, groups: readonly GroupTraits[]): Promise<void> {
  for (const [source, own] of Map.groupBy(groups, (group) => group.source)) {
    const byTime = [...own].sort((a, b) => a.at - b.at);
    await storeAccounts(tx, workspaceId, byTime.map(factOf), { source, now: Date.now() });
  }
}

function factOf({ externalId, name, traits, at }: GroupTraits): AccountFact {
  const fields = Object.keys(factKinds.accounts.fields);
  const fact = Object.fromEntries(fields.map((field) => [field, null])) as Record<string, unknown>;
  const attributes: Record<string, unknown> = {};
  fact.account = externalId;
  for (const [trait, value] of Object.entries({ ...traits, ...(name ? { name } : {}) })) {
    const field = Object.hasOwn(fieldOf, trait) ? fieldOf[trait] : undefined;
    const read = field && value ? factKinds.accounts.fields[field].read(value, context) : new Refused('');
    // A value that is no tier or stage of ours is still worth keeping.
    if (!(read instanceof Refused)) fact[field!] = read;
    else if (trait.length <= 100) attributes[trait] = attributeOf(value);
  }
  fact.attributes = attributes;
  const given = new Set(fields.filter((field) => fact[field] !== null));
  return { fact: fact as Fact<'accounts'>, given, traitsAt: at };
}

function attributeOf(value: unknown) {
  const read = readAttribute(value);
  return read instanceof Refused ? String(value).slice(0, longestValue) : read;
}
