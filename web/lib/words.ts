import type { stages, tiers } from '#contracts/accounts.ts';
import type { contactRoles } from '#contracts/contacts.ts';

/** The glossary's words for keys of the API. */
export const tierWords: Record<(typeof tiers)[number], string> = {
  enterprise: 'Enterprise',
  mid_market: 'Mid-market',
  smb: 'SMB',
};

export const stageWords: Record<(typeof stages)[number], string> = {
  acquire: 'Acquire',
  onboard: 'Onboard',
  adopt: 'Adopt',
  value: 'Value',
  renew: 'Renew',
  expand: 'Expand',
  churned: 'Churned',
};

export const roleWords: Record<(typeof contactRoles)[number], string> = {
  champion: 'Champion',
  executive_sponsor: 'Executive sponsor',
  decision_maker: 'Decision maker',
  admin: 'Admin',
  end_user: 'End user',
  detractor: 'Detractor',
  billing: 'Billing',
};

/** Choices out of a table of words. */
export function optionsOf<Key extends string>(words: Record<Key, string>): { value: Key; label: string }[] {
  return (Object.entries(words) as [Key, string][]).map(([value, label]) => ({ value, label }));
}
