/** Families of facts. A change of one makes only the signals that read it be computed again. The order is stored: append only. */
import type { SignalFamily } from '#core/signals/catalogue.ts';
import { familiesOf } from '#core/signals/compute.ts';
import type { SourceKind } from '#core/signals/facts.ts';

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

const sources: Record<Family, readonly SourceKind[]> = {
  usage: ['usage'],
  subscriptions: ['subscriptions'],
  invoices: ['invoices'],
  tickets: ['tickets'],
  surveys: ['nps', 'csat', 'ces'],
  touchpoints: ['touchpoints'],
  contacts: ['stakeholders', 'touchpoints'],
  stakeholders: ['stakeholders'],
  intents: ['intents'],
  goals: ['goals'],
  attributes: [],
  health: [],
};

export function familyMask(...names: readonly Family[]): number {
  return names.reduce((mask, name) => mask | (1 << families.indexOf(name)), 0);
}

/** The families of signals that changed families of facts make stale. */
export function staleSignals(mask: number): SignalFamily[] {
  const changed = families.filter((_, i) => (mask & (1 << i)) !== 0);
  return [...new Set(changed.flatMap((family) => sources[family].flatMap(familiesOf)))];
}
