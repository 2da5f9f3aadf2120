/** Families of facts. A change of one makes only the signals that read it be computed again. The order is stored: append only. */
export const families = [
  'usage',
  'subscriptions',
  'invoices',
  'tickets',
  'surveys',
  'touchpoints',
  'contacts',
  'stakeholders',
  'intents',
  'goals',
  'attributes',
  'health',
] as const;
export type Family = (typeof families)[number];

export const allFamilies = (1 << families.length) - 1;

export function familyMask(...names: readonly Family[]): number {
  return names.reduce((mask, name) => mask | (1 << families.indexOf(name)), 0);
}

export function familiesIn(mask: number): Family[] {
  return families.filter((_, i) => (mask & (1 << i)) !== 0);
}
